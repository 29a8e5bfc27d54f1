// @vitest-environment happy-dom
// A line of the overview as a person meets it: the gravest in words, the others as glyphs, grey where it is of the past.
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import type { ServiceLine } from '../../../live/service-line.ts';
import { ServicesTable } from './services-table.tsx';

const push = vi.hoisted(() => vi.fn<(href: string) => void>());
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));

const line = (serviceId: string, more: Partial<ServiceLine> = {}): ServiceLine => ({
  clusterId: 'c', serviceId, name: `name of ${serviceId}`, key: `tcp 10.0.0.${serviceId}:80`, method: 'dr', directors: ['a'], troubles: [],
  realServers: { all: 3, down: 0, draining: 0, out: 0 },
  carried: { active: 12, perSecond: { connections: 3, bytesIn: 2_000, bytesOut: 'replyBypassesDirector' }, byteKind: 'ipBytes' }, ...more,
});

function show(...lines: ServiceLine[]): HTMLElement[] {
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <ServicesTable lines={lines} sparks={new Map()} clusterName={() => 'edge'} sort={null} onSort={() => undefined} empty={<p>none</p>} />
    </IntlProvider>,
  );
  return screen.getAllByRole('row').slice(1);
}

const cells = (row: HTMLElement | undefined) => within(row ?? document.body).getAllByRole('cell').map(({ textContent }) => textContent);

afterEach(() => {
  cleanup();
  push.mockClear();
});

test('what a service carries, and a word for what the director cannot see', () => {
  const [row] = show(line('1'));
  expect(cells(row)).toEqual(['takes new ones', expect.stringContaining('tcp 10.0.0.1:80'), 'name of 1 edge', '12', '', '3.00/s', '2.00 kB/s', messagesOf('en').unseen.unseen]);
});

test('what is not known is a dash, never 0', () => {
  const [row] = show(line('1', { directors: [], troubles: ['unheard'], carried: { active: null, perSecond: { connections: null, bytesIn: null, bytesOut: null }, byteKind: null } }));
  expect(cells(row)).toEqual(['not known', expect.any(String), expect.any(String), '—', '', '—', '—', '—']);
});

test('the gravest is said, the others are marked, in the order of the panel', () => {
  const [first, second] = show(line('2', { troubles: ['belowQuorum', 'someDown', 'draining'], realServers: { all: 4, down: 2, draining: 1, out: 0 } }), line('1', { troubles: ['someDown'], realServers: { all: 4, down: 2, draining: 0, out: 0 } }));
  expect([cells(first)[0], cells(second)[0]]).toEqual(['below quorum2 of 4 down1 draining', '2 of 4 down']);
  expect(within(first ?? document.body).getByRole('img', { name: '1 draining' })).toBeTruthy();
});

test('the last words of the silent are grey, and that they are silent comes first', () => {
  const [silent, live] = show(line('1', { troubles: ['takesNone', 'silent'] }), line('2'));
  expect(cells(silent)[0]).toMatch(/^silent/);
  expect([silent?.className.includes('weir-stale'), live?.className.includes('weir-stale')]).toEqual([true, false]);
});

test('Enter opens the service', () => {
  const [row] = show(line('7'));
  fireEvent.keyDown(row ?? document.body, { key: 'Enter' });
  expect(push).toHaveBeenCalledWith('/clusters/c/live?service=7');
});
