// @vitest-environment happy-dom
// The table of shares: numbers where weights mean a share, and a sentence where they do not.
import type { Scheduler } from '@weir/model';
import { cleanup, render, screen, within } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import { Shares } from './shares.tsx';
import type { Share } from './share.ts';

const shares: Share[] = [
  { id: 'a', name: 'rs-a', weight: 3, should: 0.75, has: 0.5 }, { id: 'b', name: 'rs-b', weight: 0, should: 0, has: null },
];

function rows(scheduler: Scheduler | null, locale: 'en' | 'zh-CN' = 'en'): string[] {
  cleanup();
  render(<IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC"><Shares service="www" shares={shares} scheduler={scheduler} /></IntlProvider>);
  return within(screen.getByRole('table')).getAllByRole('row').map((row) => [...row.children].map((cell) => cell.textContent).join('|'));
}

afterEach(cleanup);

test('by weight beside what is, weight 0 is 0, what is not known is no 0', () => {
  expect(rows({ name: 'wrr' }).slice(1)).toEqual(['rs-a|3|75%|50%|', 'rs-b|0|0%|—|']);
  expect(screen.getByText('wrr deals them out by weight.')).toBeTruthy();
  expect(rows({ name: 'wlc' }, 'zh-CN')[0]).toContain('按权重');
});

test.each<[Scheduler | null, RegExp]>([
  [{ name: 'rr' }, /^rr tells only weight 0/], [{ name: 'fo' }, /^fo takes real servers one after the other/], [null, /has no such service/],
])('%j gives no share by weight, and that is said', (scheduler, why) => {
  expect(rows(scheduler)[1]).toBe('rs-a|3|50%|');
  expect(screen.getByText(why)).toBeTruthy();
});
