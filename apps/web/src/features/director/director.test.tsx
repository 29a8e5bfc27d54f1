// @vitest-environment happy-dom
// The page of a director whose kernel forwards: what it says of VIPs, drift, rules of others and settings, and who may zero which counters.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HistoryAnswer } from '../../history/series.ts';
import { messagesOf } from '../../i18n/messages.ts';
import type { LiveTick } from '../../live/topic.ts';
import type { DirectorPage, InspectionView } from '../../server/directors/director-page.ts';
import type { DirectorDrift } from '../../server/drift/drift-view.ts';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { PersonProvider, type Person } from '../session/person.tsx';
import { Director } from './director.tsx';

// Next's router runs in its own pages only.
vi.mock('next/navigation', () => ({ useRouter: () => ({ push: () => undefined }), useSearchParams: () => new URLSearchParams() }));

const history: HistoryAnswer = { fromMs: 0, toMs: 10_000, stepMs: 10_000, resolutionMs: 10_000, byteKind: null, lines: [], missing: [] };
const carried = (active: number): LiveTick['figures'] => ({
  active, inactive: 0, persistent: null, totals: { connections: '9', packetsIn: '9', packetsOut: '9', bytesIn: '9', bytesOut: '9' },
  perSecond: { connections: 1, packetsIn: 1, packetsOut: 1, bytesIn: 1, bytesOut: 'replyBypassesDirector' }, windowMs: 1_000, byteKind: 'ipBytes', measuredAtMs: 1_000,
});
const second = (atMs: number, active: number, state: 'live' | 'silent' = 'live'): LiveTick => ({
  topic: 'director:d1', atMs, services: [], figures: carried(active), directors: [{ directorId: 'd1', name: 'lvs-a', state, lastSeenAtMs: atMs, measuredAtMs: atMs, checker: null }],
});
const seconds = [second(1_000, 7), second(2_000, 5), second(3_000, 99, 'silent')];
const onEth0 = { interface: 'eth0', byWeir: true };
const held = { keptBy: 'weir' as const };

const page: DirectorPage = {
  director: {
    id: 'd1', name: 'lvs-a', address: '10.0.0.1:9348', keyHash: 'ab'.repeat(32), enrolledAt: new Date(0), link: { state: 'connected', since: 0, lastSeenAt: 0, error: null },
    hello: null, accepted: null, drift: 102, driftSinceMs: 0,
  },
  clusters: [{
    clusterId: 'web', name: 'shop', revision: 3, services: [{ id: 's1', name: 'www', key: 'tcp 10.0.0.200:80' }],
    vips: [
      { address: '10.0.0.200', part: 'holds', ...held, onHost: onEth0 }, { address: '10.0.0.201', part: 'holds', ...held, onHost: null },
      { address: '10.0.0.202', part: 'standsBy', ...held, onHost: null }, { address: '10.0.0.203', part: 'standsBy', keptBy: 'operator', onHost: { interface: 'eth1', byWeir: false } },
    ],
  }, { clusterId: 'lost', name: null, revision: 9, services: [], vips: null }],
  leftVips: [{ address: '10.0.0.204', ...onEth0 }],
  findings: [{ code: 'vipNotHeldHere', severity: 'warning', path: [], params: { vip: '10.0.0.203', interface: 'eth1' } }],
  leftOut: { vips: 0, findings: 0 },
  readAtMs: 0,
};

const drifting: DirectorDrift = {
  directorId: 'd1', name: 'lvs-a', answers: true,
  heard: {
    count: 102, atLeast: false, sinceMs: 0,
    rows: [
      { key: 'a', operation: { kind: 'removeVip', vip: '10.0.0.204', interface: 'eth0' }, clusterId: 'web', ignored: null },
      { key: 'b', operation: { kind: 'removeVip', vip: '10.0.0.205', interface: 'eth0' }, clusterId: 'web', ignored: { clusterId: 'web', id: 'i', by: 'Ben', reason: 'moves on Monday', since: new Date(0), endsAt: new Date(1) } },
    ],
  },
};

const inspection: InspectionView = {
  foreign: { count: 1_001, rules: [{ is: 'service', text: '-A -t 10.9.9.9:80 -s rr', why: null }, { is: 'realServer', text: '-a -t 10.9.9.9:80 -r 127.0.0.1:80 -l', why: 'method' }] },
  kernel: {
    version: '1.2.1', connectionTableSize: 4_096, timeouts: { tcpSeconds: 900, tcpFinSeconds: 120, udpSeconds: 300 }, schedulers: ['rr', 'twos'],
    settings: [
      { name: 'conn_reuse_mode', value: '0', advice: [{ code: 'reusedPortSticks', severity: 'warning', services: ['www'] }] }, { name: 'drop_entry', value: '2', advice: [] },
      { name: 'svc_lfactor', value: '-3', advice: [] }, { name: 'conntrack', value: '0', advice: [{ code: 'masqueradeIgnored', severity: 'note', services: ['www'] }] },
    ],
    daemons: [{ role: 'master', interface: 'eth0', syncId: 7, group: '224.0.0.81', port: 8_848, ttl: null, longestMessageBytes: 1_472 }],
  },
  readAtMs: 0,
};

const admin: Person = { id: 'p', name: 'Ada', email: 'ada@weir.test', role: 'admin', clusterIds: null };

function open(person: Person = admin, found: InspectionView = inspection, shown: DirectorPage = page, whole: DirectorDrift = drifting, heard: DirectorDrift = drifting) {
  const sent: { path: string; input: unknown }[] = [];
  const panel: TRPCLink<AppRouter> = () => ({ op: { path, input, type } }) => observable((observer) => {
    if (type === 'subscription') return;
    const answers: Record<string, unknown> = { 'live.history': seconds, 'events.list': { events: [], next: null }, 'history.series': history, 'directors.page': shown, 'directors.inspect': found, 'drift.ofDirector': heard, 'drift.whole': whole };
    if (!(path in answers)) sent.push({ path, input });
    observer.next({ result: { type: 'data', data: answers[path] } });
    observer.complete();
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <PersonProvider person={person}>
            <LiveProvider><ToastRegion label="said" closeLabel="close"><Director directorId="d1" /></ToastRegion></LiveProvider>
          </PersonProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return sent;
}

async function row(table: string, name: string): Promise<string> {
  const found = within(await screen.findByRole('table', { name: table })).getAllByRole('row').find((one) => one.textContent.includes(name));
  return found?.textContent ?? '';
}

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(() => cleanup());

describe('the page of a director', () => {
  test('does not say of a VIP that it is not on the host where the agent could not tell of all', async () => {
    open(admin, inspection, { ...page, leftOut: { vips: 7, findings: 0 } });
    expect(await row('VIPs', '10.0.0.200')).toMatch(/holds.*eth0, put on by Weir/);
    expect(await row('VIPs', '10.0.0.201')).toMatch(/holds—/);
    expect(screen.getByText(/7 VIPs and 0 findings are left out/)).toBeTruthy();
  });

  test('shows what it carries second by second, and nothing of the time in which it was silent', async () => {
    open();
    const charts = await screen.findByRole('region', { name: 'What it forwards' });
    expect(within(charts).getByRole('button', { name: '5 m' }).getAttribute('aria-pressed')).toBe('true');
    await waitFor(() => expect(within(within(charts).getByRole('table', { name: 'Active connections' })).getAllByRole('row')[1]?.textContent).toBe('lvs-a557'));
    expect(within(charts).getByText(/last seen/)).toBeTruthy();
  });

  test('says of each VIP what should be and what is on the host', async () => {
    open();
    expect(await row('VIPs', '10.0.0.200')).toMatch(/holds.*eth0, put on by Weir.*shop/);
    expect(await row('VIPs', '10.0.0.201')).toMatch(/holds, and it is not on the host.*not on the host/);
    expect(await row('VIPs', '10.0.0.202')).toMatch(/stands by.*not on the host/);
    expect(await row('VIPs', '10.0.0.203')).toMatch(/stands by, and it is on the host all the same.*eth1, not put on by Weir · the operator puts it on/);
    expect(await row('VIPs', '10.0.0.204')).toMatch(/no cluster here names it any more/);
    const finding = messagesOf('en').findings.vipNotHeldHere.replace('{vip}', '10.0.0.203').replace('{interface}', 'eth1');
    expect(screen.getByText(finding)).toBeTruthy();
    expect(screen.getByText(/does not know revision 9/)).toBeTruthy();
  });

  test('claims nothing of what a silent director does now', async () => {
    const silent: DirectorPage = { ...page, director: { ...page.director, link: { state: 'silent', since: 1, lastSeenAt: 1, error: null } } };
    open(admin, inspection, silent, drifting, { ...drifting, answers: false, heard: { count: 0, atLeast: false, sinceMs: null, rows: [] } });
    expect(await screen.findByText('It forwarded what it should when last heard. It does not answer now.')).toBeTruthy();
    const vips = await screen.findByRole('region', { name: 'VIPs' });
    expect(within(vips).getByText('As last heard: this director does not answer now')).toBeTruthy();
    expect(new Set([...within(vips).getByRole('table').querySelectorAll('[data-status]')].map((glyph) => glyph.getAttribute('data-status')))).toEqual(new Set(['stale']));
  });

  test('says where it drifts, how much is not listed, and what to do', async () => {
    open();
    const drift = await screen.findByRole('region', { name: 'Drift' });
    expect(drift.textContent).toMatch(/101 operations would bring it back · 1 ignored · since .*VIP 10\.0\.0\.204 off eth0.*Ignored.*VIP 10\.0\.0\.205 off eth0.*by Ben: moves on Monday; until.*100 more operations are not listed/);
    expect(within(drift).getByRole('link', { name: 'Restore shop' }).getAttribute('href')).toBe('/clusters/web/change');
  });

  test('shows on demand what is not listed, page by page', async () => {
    const open100 = Array.from({ length: 101 }, (_, at) => ({
      key: `k${at}`, operation: { kind: 'removeVip' as const, vip: `10.0.1.${at}`, interface: 'eth0' }, clusterId: 'web', ignored: null,
    }));
    open(admin, inspection, page, { ...drifting, heard: { count: 102, atLeast: false, sinceMs: 0, rows: [...open100, ...(drifting.heard?.rows.slice(1) ?? [])] } });
    const drift = await screen.findByRole('region', { name: 'Drift' });
    fireEvent.click(within(drift).getByRole('button', { name: 'Show all' }));
    await within(drift).findByText('All 102 operations are shown, as of when they were asked for.', {}, { timeout: 15_000 });
    expect([within(drift).queryByText('VIP 10.0.1.100 off eth0'), within(drift).getByText('1–100 of 101')]).toEqual([null, expect.anything()]);
    fireEvent.click(within(drift).getByRole('button', { name: messagesOf('en').changes.pageAfter }));
    expect(within(drift).getAllByText(/10\.0\.1\.100/).length).toBeGreaterThan(0);
  });

  test('lists what others made as ipvsadm writes it, and how much more there is', async () => {
    open();
    expect(await row('Rules of others', '-A -t')).toContain('Weir could say this, but did not make it');
    expect(await row('Rules of others', '-a -t')).toContain('a forwarding method that Weir has no word for');
    expect(screen.getByText(/1,?001 rules\. A service that Weir could say can be adopted.*999 more rules are not listed/)).toBeTruthy();
  });

  test('explains settings, those with advice first, and shows one that it does not know without words', async () => {
    open();
    const rows = within(await screen.findByRole('table', { name: 'Kernel settings' })).getAllByRole('row').slice(1).map((one) => one.textContent);
    expect(rows[0]).toMatch(/^conn_reuse_mode.*Use 1\. Concerns www\.0changed1$/);
    expect(rows.find((text) => text.startsWith('drop_entry'))).toMatch(/^drop_entryDrops.*2, defending nowchanged0$/);
    expect(rows.find((text) => text.startsWith('svc_lfactor'))).toBe('svc_lfactorWeir has no words for this one: a newer kernel has it.-3—');
    expect(rows.find((text) => text.startsWith('conntrack'))).not.toContain('changed');
    expect(await row('Connection sync', 'master')).toMatch(/eth07224\.0\.0\.818848—1472 B/);
  });
});

async function begin(): Promise<HTMLElement> {
  fireEvent.click(await screen.findByRole('button', { name: 'Zero counters…' }));
  return screen.findByRole('alertdialog');
}

describe('zeroing counters', () => {
  test('of everything is for those who operate all clusters, and is asked first', async () => {
    const sent = open();
    const dialog = await begin();
    expect(dialog.textContent).toMatch(/Zero the counters of everything on lvs-a.*Charts show a reset: a gap, never a negative rate/);
    expect(sent).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Zero counters' }));
    await waitFor(() => expect(sent).toEqual([{ path: 'directors.zero', input: { directorId: 'd1' } }]));
  });

  test('of one service is for those who operate its cluster', async () => {
    const sent = open({ ...admin, role: 'operator', clusterIds: ['web'] });
    const dialog = await begin();
    expect(within(dialog).getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['shop: www (tcp 10.0.0.200:80)']);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Zero counters' }));
    await waitFor(() => expect(sent).toEqual([{ path: 'directors.zeroService', input: { directorId: 'd1', clusterId: 'web', serviceId: 's1' } }]));
  });

  test.each<Person>([{ ...admin, role: 'viewer' }, { ...admin, role: 'operator', clusterIds: ['other'] }])('is for nobody else: %j', async (person) => {
    open(person);
    await screen.findByRole('table', { name: 'Kernel settings' });
    expect(screen.queryByRole('button', { name: 'Zero counters…' })).toBeNull();
  });
});
