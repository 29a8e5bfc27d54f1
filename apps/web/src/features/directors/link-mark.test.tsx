// @vitest-environment happy-dom
// What the mark of a link says, and where the reason stands beside it.
import { cleanup, render } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { LinkView } from '../../server/gateway/director-view.ts';
import { LinkMark } from './link-mark.tsx';

afterEach(cleanup);

const older: LinkView = {
  state: 'versionMismatch', since: 0, lastSeenAt: null,
  error: { code: 'directorVersion', params: { director: 'lvs-a', agent: 0, panel: 2, oldest: 1, update: 'agent' } },
};

function textOf(link: LinkView, withReason: boolean, brief = false): string {
  const { container } = render(<IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC"><LinkMark link={link} withReason={withReason} brief={brief} /></IntlProvider>);
  return container.textContent;
}

it('an agent of a version that this panel does not speak is told in words, with what to update', () => {
  expect(textOf(older, true)).toBe('another versionlvs-a speaks version 0 of the protocol, this panel versions 1 to 2. Update the agent of lvs-a.');
  expect(textOf(older, false)).toBe('another version');
});

it('a silence that may end by itself is not', () => {
  const silent: LinkView = { ...older, state: 'silent', error: { code: 'directorSilent', params: { director: 'lvs-a', why: 'ECONNREFUSED' } } };
  expect(textOf(silent, true)).toBe('silent');
});

it('where there is little room the state alone stands there, and since when is in the tip', () => {
  const silent: LinkView = { ...older, state: 'silent', lastSeenAt: Date.UTC(2026, 0, 1) };
  expect(textOf(silent, false)).toMatch(/^silent · last seen /);
  cleanup();
  expect(textOf(silent, false, true)).toBe('silent');
  expect(document.querySelector('[title^="silent · last seen "]')).not.toBeNull();
});
