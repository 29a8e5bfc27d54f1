// @vitest-environment happy-dom
// The live page by its address: what it names and is there, and what it names and is not.
import { act, cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useSyncExternalStore } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { HistoryAnswer } from '../../history/series.ts';
import type { Figures, LiveService, LiveTick } from '../../live/topic.ts';
import { ada, renderInPanel } from '../../trpc/testing/in-panel.tsx';
import { LiveProvider } from '../live/live-provider.tsx';
import { Traffic } from './traffic.tsx';

// Next's router runs in its own pages only: here the address is read when the browser says that it changed.
vi.mock('next/navigation', () => ({
  useRouter: () => ({ push: () => undefined }),
  useSearchParams: () => new URLSearchParams(useSyncExternalStore((listener) => {
    window.addEventListener('popstate', listener);
    return () => window.removeEventListener('popstate', listener);
  }, () => window.location.search)),
}));

const each = { connections: null, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null };
const figures: Figures = { active: 1, inactive: 0, persistent: null, totals: each, perSecond: each, windowMs: null, byteKind: 'payloadBytes', measuredAtMs: 1_000 };
const service = (serviceId: string): LiveService => ({
  clusterId: 'c', serviceId, name: serviceId, key: 'tcp 10.0.0.1:80', holderId: null, directors: ['d'], figures, refused: null, wanted: true, notAppliedOn: [], takesNoneOn: [], realServerCount: 1, health: [],
  realServers: [{ realServerId: `${serviceId}-1`, name: `${serviceId} one`, key: '10.0.0.2:80', weight: 1, weights: [], wantedWeight: 1, notAppliedOn: [], figures, health: [] }],
});
const tick: LiveTick = {
  topic: 'cluster:c', atMs: 1_000, services: [service('web'), service('mail')],
  directors: [{ directorId: 'd', name: 'lvs', state: 'live', lastSeenAtMs: 1_000, measuredAtMs: 1_000, checker: null }],
};

/** What the stream did not bring: a second of the service as a whole. */
const earlier: HistoryAnswer = {
  fromMs: -299_000, toMs: 1_000, stepMs: 1_000, resolutionMs: 1_000, byteKind: 'payloadBytes', missing: [],
  lines: [{ realServerId: null, name: 'web', totals: each, points: [{ t: -60_000, active: 8, activeMost: 8, inactive: 0, perSecond: each, weight: null }] }],
};
const answers: Readonly<Record<string, unknown>> = { 'live.history': [tick], 'events.list': { events: [], next: null }, 'history.series': earlier };

function open(search: string): void {
  window.history.replaceState(null, '', `/${search}`);
  renderInPanel(<LiveProvider><Traffic clusterId="c" /></LiveProvider>, { person: ada('viewer'), answer: (path) => answers[path] ?? null });
}

function choose(name: string): void {
  const select = screen.getByRole('combobox', { name: 'Choose what to show' });
  fireEvent.change(select, { target: { value: within(select).getByRole<HTMLOptionElement>('option', { name }).value } });
  act(() => void window.dispatchEvent(new PopStateEvent('popstate')));
}

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

test('without a word the first service is shown', async () => {
  open('');
  expect(await screen.findByRole('region', { name: 'web' })).toBeTruthy();
  expect(screen.queryByText(/^No such/)).toBeNull();
});

test('what the stream did not bring is filled from what directors remember', async () => {
  open('');
  await waitFor(() => {
    const [active] = screen.getAllByRole('table', { name: 'Active connections' });
    expect(active?.querySelector('tbody tr')?.textContent).toBe('whole service118');
  });
});

test('a service that is not there is said, never shown as another one, and those that are there are offered', async () => {
  open('?service=gone');
  expect(await screen.findByText('No such virtual service')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'web' })).toBeNull();
  choose('mail · tcp 10.0.0.1:80');
  expect(await screen.findByRole('region', { name: 'mail' })).toBeTruthy();
  expect(window.location.search).toBe('?service=mail');
});

test('so is a real server, and the way back to the whole service', async () => {
  open('?service=web&rs=gone');
  expect(await screen.findByText('No such real server in web')).toBeTruthy();
  choose('web one · 10.0.0.2:80');
  expect(await screen.findByRole('heading', { name: 'web one of web' })).toBeTruthy();
  act(() => {
    window.history.replaceState(null, '', '/?service=web&rs=gone');
    window.dispatchEvent(new PopStateEvent('popstate'));
  });
  await screen.findByText('No such real server in web');
  choose('All of web');
  expect(await screen.findByRole('table', { name: 'Real servers of web' })).toBeTruthy();
});
