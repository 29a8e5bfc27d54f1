// @vitest-environment happy-dom
// A cluster in a format, and what the format cannot say of it.
import { cleanup, render, screen, within } from '@testing-library/react';
import { tutorialCluster } from '@weir/model';
import type { Format } from '@weir/model/formats';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { FormatView } from './format-view.tsx';

afterEach(cleanup);

function show(format: Format, name = 'tutorial'): void {
  render(<IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC"><FormatView definition={{ ...tutorialCluster('d1'), name }} format={format} /></IntlProvider>);
}

test('what ipvsadm has no words for is listed', () => {
  show('ipvsadm');
  expect(screen.getByLabelText('Text of tutorial.ipvsadm')).toHaveProperty('value', '-A -t 127.0.8.200:8080 -s rr\n');
  expect(within(screen.getByRole('region')).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'The name of the cluster: tutorial', '3 names of services and real servers', 'The director and its DIP', 'Who holds the VIP',
    '127.0.8.20:8080 of web: proxied', '127.0.8.30:8080 of web: proxied',
  ]);
});

test('YAML says all of it', () => {
  show('yaml');
  expect(screen.getByText('This text says all of the definition.')).toBeTruthy();
});

test.each([['a b/c', 'a-b-c.yaml'], ['../..', 'cluster.yaml'], ['集群', '集群.yaml']])('the file of %s is %s', (name, fileName) => {
  show('yaml', name);
  expect(screen.getByRole('button', { name: `Save ${fileName}` })).toBeTruthy();
});
