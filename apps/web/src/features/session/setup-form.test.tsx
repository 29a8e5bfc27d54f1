// @vitest-environment happy-dom
// The one-time link: one that is no good is said to be so before anybody fills in a form.
import { cleanup, configure, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { ada, renderInPanel } from '../../trpc/testing/in-panel.tsx';
import { Setup } from './setup-form.tsx';

// Next's router runs in its own pages only.
vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => undefined }) }));

const { setup, errors } = messagesOf('en');

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

function open(token: string | null, linkInvalid: boolean): unknown[] {
  const asked: unknown[] = [];
  renderInPanel(<Setup token={token} />, { person: ada('viewer'), answer: (_path, input) => (asked.push(input), { needed: true, linkInvalid }) });
  return asked;
}

test('a link that is no good shows no form', async () => {
  const asked = open('wrong', true);
  expect((await screen.findByRole('alert')).textContent).toContain(errors.setupLinkInvalid);
  expect([asked, screen.queryByRole('button', { name: setup.submit })]).toEqual([[{ token: 'wrong' }], null]);
});

test('a good one does', async () => {
  open('good', false);
  expect(await screen.findByRole('button', { name: setup.submit })).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('no form is there before the link was looked at', () => {
  renderInPanel(<Setup token="wrong" />, { person: ada('viewer'), answer: () => new Promise(() => undefined) });
  expect(screen.queryByRole('button', { name: setup.submit })).toBeNull();
});

test('an address without a token says so, and asks of none', async () => {
  const asked = open(null, false);
  expect((await screen.findByRole('alert')).textContent).toContain(setup.noToken);
  expect(asked).toEqual([undefined]);
});
