// @vitest-environment happy-dom
// The strip of totals: of how many directors, what is not in them, and what is only the last word.
import { cleanup, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { LiveTick } from '../../live/topic.ts';
import type { Total } from '../../live/totals.ts';
import type { DirectorView, LinkState } from '../../server/gateway/director-view.ts';
import { emptyView, withTick } from '../live/topic-buffer.ts';
import { TotalsStrip } from './totals.tsx';

const live = vi.hoisted((): { tick: LiveTick | null } => ({ tick: null }));
vi.mock('../live/live-provider.tsx', () => ({
  useTopic: () => {
    const view = live.tick === null ? emptyView : withTick(emptyView, live.tick);
    return { now: view, shown: view };
  },
}));

const whole = (sum: number): Total => ({ sum, unknown: 0, unseen: 0 });
const tick = (...states: readonly ('live' | 'silent')[]): LiveTick => ({
  topic: 'overview', atMs: 1_000, services: [],
  directors: states.map((state, index) => ({ directorId: `d${index}`, name: `lvs-${index}`, state, lastSeenAtMs: 0, measuredAtMs: 0, checker: null })),
  totals: { active: whole(16), connectionsPerSecond: whole(2), bytesInPerSecond: whole(100), bytesOutPerSecond: { sum: 50, unknown: 0, unseen: 1 }, twoByteKinds: false },
});
const director = (index: number, state: LinkState): DirectorView => ({
  id: `d${index}`, name: `lvs-${index}`, address: '127.0.0.1:9348', keyHash: '', enrolledAt: new Date(0), link: { state, since: 0, lastSeenAt: null, error: null },
  hello: null, accepted: null, drift: null, driftSinceMs: null,
});

/** By its name, what a figure says; grey where it is only the last word. */
function figures(now: LiveTick, ...links: readonly LinkState[]): Record<string, string> {
  live.tick = now;
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC"><TotalsStrip directors={links.map((state, index) => director(index, state))} /></IntlProvider>,
  );
  return Object.fromEntries(screen.getAllByRole('term').map((term) => {
    const own = term.parentElement;
    const said = [...own?.querySelectorAll('dd') ?? []].map(({ textContent }) => textContent.trim()).join(' | ');
    return [term.textContent, `${own?.className.includes('weir-stale') === true ? 'grey ' : ''}${said}`];
  }));
}

afterEach(cleanup);

test('replies that go past the directors are not in what goes out', () => {
  expect(figures(tick('live'), 'connected')).toMatchObject({ 'Active connections': '16', In: '100 B/s', Out: '50.0 B/s | DR and TUN replies not seen', Directors: '1 / 1 | all answer' });
});

test('a director that has gone silent answers no more, also before its link is given up', () => {
  expect(figures(tick('live', 'silent'), 'connected', 'connected')).toMatchObject({ 'Active connections': '16 | 1 of 2 directors', Directors: expect.stringContaining('not connected: lvs-1') as string });
});

test('while nobody answers the figures are grey, and how many answer is not', () => {
  const said = figures(tick('silent'), 'silent');
  expect(said).toMatchObject({ 'Active connections': 'grey 16 | as last heard' });
  expect(said['Directors']).toMatch(/^0 \/ 1/);
  expect(screen.getByRole('img', { name: '0 of 1 directors' }).getAttribute('data-status')).toBe('down');
});
