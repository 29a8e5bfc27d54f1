// @vitest-environment happy-dom
// The rows of the live page: who is down, who is drained, and what differs from what is wanted, each said once.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { Override } from '@weir/model';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import type { LiveHealth, LiveRealServer, LiveService, LiveTick } from '../../../live/topic.ts';
import type { DrainView } from '../../../server/drains/drain-view.ts';
import type { AppRouter } from '../../../server/router.ts';
import { TRPCProvider } from '../../../trpc/client.ts';
import { PersonProvider } from '../../session/person.tsx';
import { lastCounted, type LastCounted } from './last-totals.ts';
import { RealServerTable } from './real-server-table.tsx';

afterEach(cleanup);

const rates = { connections: null, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null };
const figures: LiveService['figures'] = { active: 3, inactive: 0, persistent: null, totals: rates, perSecond: rates, windowMs: null, byteKind: null, measuredAtMs: null };
const fell: LiveHealth = { directorId: 'a', standing: 'down', sinceMs: 0, isUp: false, isUsed: false, rule: { code: 'fell', params: { fall: 3 }, sinceMs: 0 } };
const row = (name: string, changes: Partial<LiveRealServer> = {}): LiveRealServer => ({
  realServerId: name, name, key: '10.0.0.2:80', weight: 0, weights: [], wantedWeight: 3, notAppliedOn: [], figures, health: [], ...changes,
});
const drain: DrainView = {
  id: 'd', clusterId: 'c', targets: [{ serviceId: 's', realServerId: 'drained', service: 'www', realServer: 'drained' }], host: null, author: 'Ann', reason: '', startedAtMs: 0, deadlineMs: null,
  atDeadline: 'wait', elsewhere: [], safe: false, safeAtMs: null,
  directors: [{ directorId: 'a', name: 'lvs-a', link: 'connected', heardAtMs: 1, late: false, measuredAtMs: 1, state: null, counts: [{ weight: 0, active: 3, inactive: 0, persistent: 0 }] }],
};
const quiesced: Override = {
  id: 'd-0', target: { clusterId: 'c', serviceId: 's', realServerId: 'drained' }, cause: 'drain', effect: { kind: 'weight', weight: 0 }, author: 'Ann', reason: '', startsAtMs: 0, endsAtMs: null,
};
const overrides = [{ directorId: 'a', name: 'lvs-a', link: 'connected', heardAtMs: 1, revision: 1, overrides: [{ override: quiesced, definedWeight: 3 }] }];

const panel: TRPCLink<AppRouter> = () => ({ op: { path } }) => observable((observer) => {
  observer.next({ result: { type: 'data', data: path === 'drains.list' ? [drain] : overrides } });
  observer.complete();
});

/** The cells of a row, by their headings. */
function open(realServers: readonly LiveRealServer[], last: LastCounted = new Map()): (name: string) => Record<string, string> {
  const service: LiveService = {
    clusterId: 'c', serviceId: 's', name: 'www', key: 'tcp 10.0.0.1:80', holderId: null, directors: ['a'], refused: null, wanted: true, health: [], notAppliedOn: [], takesNoneOn: [],
    realServerCount: realServers.length, realServers: [...realServers], figures,
  };
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <PersonProvider person={{ id: 'p', name: 'Ada', email: 'ada@weir.test', role: 'viewer', clusterIds: null }}>
            <ToastRegion label="said" closeLabel="close"><RealServerTable service={service} stale={false} last={last} directorName={(id) => id} /></ToastRegion>
          </PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return (name) => {
    const headings = screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
    const found = screen.getAllByRole('row').slice(1).find((each) => within(each).getAllByRole('cell')[0]?.textContent.startsWith(name));
    const cells = found === undefined ? [] : within(found).getAllByRole('cell');
    return Object.fromEntries(cells.map(({ textContent }, index) => [headings[index] ?? '', textContent.replaceAll(/\s+/g, ' ').trim()]));
  };
}

test('one that its checks took out is down, with the rule on hover; one that a person drains says so once', async () => {
  const cells = open([row('failed', { health: [fell] }), row('drained')]);
  await waitFor(() => expect(cells('drained')['State']).toBe('draining 3 by Ann'), { timeout: 15_000 });
  expect(cells('failed')['State']).toBe('down');
  expect(screen.getByTitle('3 failed tries in a row: down.').querySelector('[data-status=down]')).not.toBeNull();
});

test('one that is drained while its checks say that it is down says both', async () => {
  const cells = open([row('drained', { health: [fell] })]);
  await waitFor(() => expect(cells('drained')['State']).toBe('downdraining 3 by Ann'), { timeout: 15_000 });
});

test('what is not wanted any more, or not applied, is said beneath its name', () => {
  const cells = open([row('old', { wantedWeight: null }), row('late', { notAppliedOn: ['lvs-a', 'lvs-b'] })]);
  expect(cells('old')['Real server']).toBe('oldnot in the wanted revision');
  expect(cells('late')['Real server']).toBe('late◇ not applied on lvs-a, lvs-b');
});

const tick = (atMs: number, realServers: LiveRealServer[]): LiveTick => ({
  topic: 'service:c/s', atMs, directors: [],
  services: [{ clusterId: 'c', serviceId: 's', name: 'www', key: 'tcp 10.0.0.1:80', holderId: null, directors: ['a'], refused: null, wanted: true, health: [], notAppliedOn: [], takesNoneOn: [], realServerCount: 2, realServers, figures }],
});

test('one that is out keeps the totals that it had, and says when it had them; of one that was never counted there are none', () => {
  const counted = (connections: string, measuredAtMs: number): LiveService['figures'] => ({ ...figures, totals: { ...rates, connections }, measuredAtMs });
  const now = [row('out'), row('new'), row('in', { figures: counted('7', 3_000) })];
  const ticks = [tick(1_000, [row('out', { figures: counted('259', 1_000) })]), tick(2_000, [row('out', { figures: counted('260', 2_000) }), row('in', { figures: counted('6', 2_000) })]), tick(3_000, now)];
  const last = lastCounted(ticks, { serviceId: 's', realServers: now });
  expect([...last]).toEqual([['out', { totals: { ...rates, connections: '260' }, atMs: 2_000 }]]);
  const cells = open(now, last);
  expect(cells('out')['Connections']).toMatch(/^260 last counted at \d\d:\d\d:02$/);
  expect([cells('new')['Connections'], cells('in')['Connections']]).toEqual(['—', '7']);
});
