// History from a real agent with real traffic, over a restart of the agent, counters that begin anew, and a panel that was away.
import { ManualClock } from '@weir/agent/testing/clock';
import { startHttpServer } from '@weir/lab';
import type { SampleServer } from '@weir/lab';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { HistoryAnswer, HistorySubject } from '../../history/series.ts';
import { applied } from '../testing/applied.ts';
import { ann, longDeadlines, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import { floorTo } from './tiers.ts';
import { timedForwarder } from './testing/timed-forwarder.ts';

// Real, so that the panel's and the director's clocks agree at first.
const startMs = floorTo(Date.now(), 600_000) + 600_000;
const clock = new ManualClock(startMs);
const forwarder = timedForwarder(clock);
const wait = { ...longWait, timeout: 30_000 };

let server: TestServer;
let plane: TestPlane;
let agent: TestDirector;
let realServers: SampleServer[];
let directorId: string;
let clusterId: string;
let url: string;

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase(), { deadlines: longDeadlines, historyPace: { now: () => clock.nowMs(), everyMs: 100 } });
  agent = await startDirector(forwarder.open, clock);
  directorId = await enrolled(plane, agent);
  realServers = [await startHttpServer({ address: ownAddress(), port: 8080 }), await startHttpServer({ address: ownAddress(), port: 8080 })];
  const definition = webCluster({ directorIds: [directorId], realServers: realServers.map(({ endpoint }) => endpoint) });
  clusterId = (await plane.clusters.create(ann, { definition, reason: '' })).clusterId;
  url = `http://${definition.vips[0]?.address}:8080/`;
  await applied(plane, clusterId);
}, 60_000);
afterAll(async () => {
  await plane.close();
  await agent.remove();
  for (const realServer of realServers) await realServer.stop();
  await server.remove();
});

async function requests(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await (await fetch(url, { headers: { connection: 'close' } })).text();
}

/** The director looks in each of them. */
async function seconds(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    const before = forwarder.samples();
    clock.advance(1_000);
    await vi.waitFor(() => expect(forwarder.samples()).toBeGreaterThan(before), { timeout: 15_000, interval: 1 });
  }
}

function series(subject: HistorySubject, fromMs: number, toMs: number, by: 'whole' | 'realServer' = 'whole'): Promise<HistoryAnswer> {
  return plane.history.series({ subject, by, fromMs, toMs, steps: Math.min(300, (toMs - fromMs) / 10_000) });
}

async function reached(toMs: number): Promise<void> {
  await vi.waitFor(async () => {
    const row = await plane.db.historyDirector.findUnique({ where: { directorId } });
    expect(row?.reachesTo?.getTime() ?? 0).toBeGreaterThanOrEqual(toMs);
  }, wait);
}

const connectionsOf = ({ lines }: HistoryAnswer): (string | null)[] => lines.map(({ totals }) => totals.connections);

it('says what the real servers served, over a restart of the agent and counters that began anew', async () => {
  await requests(20);
  await seconds(25);
  await forwarder.zero();
  await requests(11);
  await seconds(25);
  await requests(3);
  await agent.stop();
  await agent.start(forwarder.open);
  await linkIs(plane, directorId, 'connected');
  await requests(15);
  await seconds(71);
  const toMs = floorTo(clock.nowMs(), 10_000);
  await reached(toMs);
  const service = { kind: 'service', clusterId, serviceId: 'web' } as const;
  expect(connectionsOf(await series(service, startMs, toMs))).toEqual(['49']);
  expect(connectionsOf(await series({ kind: 'cluster', clusterId }, startMs, toMs))).toEqual(['49']);
  expect(connectionsOf(await series({ kind: 'director', directorId }, startMs, toMs))).toEqual(['49']);
  const each = await series(service, startMs, toMs, 'realServer');
  expect(each.lines.map(({ name, totals }) => ({ name, connections: totals.connections, bytesIn: totals.bytesIn, bytesOut: totals.bytesOut }))).toEqual(realServers.map((own, index) => {
    const { connections, bytesIn, bytesOut } = own.counts();
    return { name: `rs-${index}`, connections: String(connections), bytesIn: String(bytesIn), bytesOut: String(bytesOut) };
  }));
  expect(connectionsOf(await series({ kind: 'realServer', clusterId, serviceId: 'web', realServerId: 'rs-1' }, startMs, toMs))).toEqual([String(realServers[1]?.counts().connections)]);
  // By the minute the same.
  expect(connectionsOf(await plane.history.series({ subject: service, by: 'whole', fromMs: startMs, toMs, steps: 2 }))).toEqual(['49']);
}, 120_000);

it('has no hole after a panel that was away for ten minutes', async () => {
  await seconds(10);
  const fromMs = floorTo(clock.nowMs(), 10_000);
  const start = await plane.stopped();
  await requests(5);
  await seconds(600);
  plane = await start();
  await linkIs(plane, directorId, 'connected');
  await seconds(10);
  const toMs = floorTo(clock.nowMs(), 10_000);
  await reached(toMs);
  const { lines: [line], stepMs, missing } = await series({ kind: 'service', clusterId, serviceId: 'web' }, fromMs, toMs);
  expect({ stepMs, missing, connections: line?.totals.connections }).toEqual({ stepMs: 10_000, missing: [], connections: '5' });
  expect(line?.points.filter(({ perSecond }) => perSecond.connections === null)).toEqual([]);
}, 120_000);

it('says the last minutes second by second, as the agent remembers them, and the totals with them', async () => {
  const service = { kind: 'service', clusterId, serviceId: 'web' } as const;
  const fromMs = floorTo(clock.nowMs(), 10_000);
  await requests(4);
  await seconds(33);
  const range = { fromMs, toMs: clock.nowMs(), steps: 60 };
  const { lines: [line], ...answer } = await plane.history.series({ subject: service, by: 'whole', ...range });
  expect(answer).toMatchObject({ stepMs: 1_000, resolutionMs: 1_000, byteKind: 'payloadBytes', missing: [] });
  expect(line?.points.reduce((sum, { perSecond: { connections } }) => sum + (typeof connections === 'number' ? connections : 0), 0)).toBe(4);
  expect(line?.points.filter(({ perSecond }) => perSecond.connections === null)).toEqual([]);
  expect(line?.totals.connections).toBe('4');
  const each = await plane.history.series({ subject: service, by: 'realServer', ...range });
  expect(each.lines.map(({ name, points, totals }) => [name, points.at(-1)?.weight, totals.connections])).toEqual([['rs-0', 1, '2'], ['rs-1', 1, '2']]);
  expect(connectionsOf(await plane.history.series({ subject: { kind: 'realServer', clusterId, serviceId: 'web', realServerId: 'rs-0' }, by: 'whole', ...range }))).toEqual(['2']);
});

it('says who is missing, and takes what is kept where nothing is remembered any more', async () => {
  const service = { kind: 'service', clusterId, serviceId: 'web' } as const;
  const fromMs = floorTo(clock.nowMs(), 10_000) - 30_000;
  // What the panel has not heard by then stays with the agent.
  await reached(fromMs + 30_000);
  await agent.stop();
  await vi.waitFor(() => expect(plane.gateway.director(directorId)?.link.state).not.toBe('connected'), wait);
  clock.advance(150_000);
  const silent = await plane.history.series({ subject: service, by: 'whole', fromMs, toMs: clock.nowMs(), steps: 300 });
  expect(silent.missing).toEqual([{ directorId, name: plane.gateway.director(directorId)?.name, why: 'silent' }]);
  expect(silent).toMatchObject({ resolutionMs: 10_000 });
  expect(silent.lines[0]?.totals.connections).toBe('4');
  await agent.start(forwarder.open);
  await linkIs(plane, directorId, 'connected');
  await seconds(5);
  expect(await plane.history.series({ subject: service, by: 'whole', fromMs, toMs: clock.nowMs(), steps: 300 })).toMatchObject({ resolutionMs: 10_000, missing: [] });
});

it('of what there is not is refused, or empty', async () => {
  const range = { fromMs: startMs, toMs: startMs + 600_000, steps: 60 };
  await expect(plane.history.series({ subject: { kind: 'cluster', clusterId: 'nobody' }, by: 'whole', ...range })).rejects.toThrow('noSuchCluster');
  await expect(plane.history.series({ subject: { kind: 'cluster', clusterId }, by: 'realServer', ...range })).rejects.toThrow('badInput');
  await expect(plane.history.series({ subject: { kind: 'cluster', clusterId }, by: 'whole', ...range, toMs: startMs })).rejects.toThrow('badInput');
  const none = await plane.history.series({ subject: { kind: 'service', clusterId, serviceId: 'none' }, by: 'whole', ...range });
  expect(none).toMatchObject({ byteKind: null, lines: [{ name: 'none', totals: { connections: null, bytesIn: null } }] });
});
