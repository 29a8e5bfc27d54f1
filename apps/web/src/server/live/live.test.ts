// Live data from a real agent with real traffic, to streams that come and go.
import { startHttpServer } from '@weir/lab';
import type { SampleServer } from '@weir/lab';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clusterTopic, directorTopic, LiveTick, serviceTopic } from '../../live/topic.ts';
import type { LiveEvent, Topic } from '../../live/topic.ts';
import { ann, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';

let server: TestServer;
let plane: TestPlane;
let agent: TestDirector;
let realServers: SampleServer[];
let directorId: string;
let clusterId: string;
let url: string;

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
  agent = await startDirector();
  directorId = await enrolled(plane, agent);
  realServers = [await startHttpServer({ address: ownAddress(), port: 8080 }), await startHttpServer({ address: ownAddress(), port: 8080 })];
  const definition = webCluster({ directorIds: [directorId], realServers: realServers.map(({ endpoint }) => endpoint) });
  clusterId = (await plane.clusters.create(ann, { definition, reason: '' })).clusterId;
  url = `http://${definition.vips[0]?.address}:8080/`;
  const { directors } = await plane.changes.plan(clusterId);
  const reviewed = directors.flatMap(({ plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  const { applyId } = await plane.changes.apply(ann, { clusterId, revision: 1, directors: reviewed, onFailure: 'rollBack' });
  await vi.waitFor(async () => {
    const { directors: [applied] } = await plane.changes.get(applyId);
    if (applied?.report?.outcome.kind !== 'applied') throw new Error(`not applied: ${applied?.state}`);
  }, longWait);
});
afterAll(async () => {
  await plane.close();
  await agent.remove();
  for (const realServer of realServers) await realServer.stop();
  await server.remove();
});

const follower = (sessionId: string) => ({ person: { id: 'ann' }, sessionId });

class Tab {
  readonly #events: AsyncGenerator<LiveEvent, void, void>;
  readonly abort = new AbortController();

  constructor(sessionId: string, topics: readonly Topic[]) {
    this.#events = plane.live.stream(follower(sessionId), topics, this.abort.signal);
  }

  async open(): Promise<string> {
    const { value } = await this.#events.next();
    if (typeof value !== 'object') throw new Error('the stream did not open');
    return value.streamId;
  }

  async tick(): Promise<LiveTick | null> {
    const { value, done } = await this.#events.next();
    if (done === true) return null;
    if (typeof value !== 'string') throw new Error('the stream opened twice');
    return LiveTick.parse(JSON.parse(value));
  }

  async until(holds: (tick: LiveTick) => boolean): Promise<LiveTick> {
    for (const giveUpAt = Date.now() + longWait.timeout; Date.now() < giveUpAt;) {
      const tick = await this.tick();
      if (tick !== null && holds(tick)) return tick;
    }
    throw new Error('no such tick came');
  }
}

async function requests(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await (await fetch(url, { headers: { connection: 'close' } })).text();
}

describe('a stream', () => {
  it('brings what the sample servers counted themselves', async () => {
    const tab = new Tab('s1', [clusterTopic(clusterId)]);
    await tab.open();
    await requests(20);
    const counted = realServers.reduce((sum, one) => sum + (one.counts().connections ?? 0n), 0n);
    const tick = await tab.until(({ services }) => services[0]?.figures.totals.connections === String(counted));
    const [service] = tick.services;
    expect(service?.realServers.map(({ figures }) => figures.totals.connections)).toEqual(realServers.map((one) => String(one.counts().connections)));
    expect(service?.figures).toMatchObject({ byteKind: 'payloadBytes', totals: { packetsIn: 'userSpace' } });
    expect(tick.directors).toMatchObject([{ directorId, state: 'live' }]);
    await requests(5);
    await tab.until(({ services }) => Number(services[0]?.figures.perSecond.connections) > 0);
    tab.abort.abort();
    await expect.poll(async () => tab.tick(), longWait).toBeNull();
  });

  it('brings a director with all that it forwards, now and second by second before', async () => {
    const tab = new Tab('s12', [directorTopic(directorId)]);
    await tab.open();
    const tick = await tab.until(({ figures }) => typeof figures?.perSecond.connections === 'number');
    tab.abort.abort();
    expect(tick).toMatchObject({ directors: [{ directorId, state: 'live' }], services: [], figures: { byteKind: 'payloadBytes' } });
    const history = await plane.live.history(directorTopic(directorId), 60);
    expect(history.length).toBeGreaterThan(1);
    expect(history.at(-1)?.figures?.totals.connections).toBe(tick.figures?.totals.connections);
  });

  it('changes what it follows, for its own session alone', async () => {
    const tab = new Tab('s2', []);
    const streamId = await tab.open();
    expect(() => plane.live.follow(follower('other'), streamId, ['overview'])).toThrow('noSuchStream');
    plane.live.follow(follower('s2'), streamId, ['overview']);
    expect((await tab.tick())?.lines?.shown).toMatchObject([{ clusterId, directors: [directorId] }]);
    plane.live.follow(follower('s2'), streamId, [serviceTopic(clusterId, 'web')]);
    expect((await tab.tick())?.topic).toBe(serviceTopic(clusterId, 'web'));
    tab.abort.abort();
  });

  it('ends with its session', async () => {
    const tab = new Tab('s3', ['overview']);
    const other = new Tab('s4', ['overview']);
    const streamId = await tab.open();
    await other.open();
    plane.endSession('s3');
    expect(await tab.tick()).toBeNull();
    expect(() => plane.live.follow(follower('s3'), streamId, [])).toThrow('noSuchStream');
    expect(await other.tick()).not.toBeNull();
    other.abort.abort();
  });

  it('gives a slow reader the newest tick, not all of them', async () => {
    const [slow, quick] = [new Tab('s5', ['overview']), new Tab('s6', ['overview'])];
    await slow.open();
    await quick.open();
    const ticks = [await quick.tick(), await quick.tick(), await quick.tick(), await quick.tick()];
    expect((await slow.tick())?.atMs).toBe(ticks.at(-1)?.atMs);
    slow.abort.abort();
    quick.abort.abort();
  });

  it('is one of a bounded number for each person', async () => {
    const tabs = Array.from({ length: 32 }, () => new Tab('s7', []));
    for (const tab of tabs) await tab.open();
    await expect(new Tab('s7', []).open()).rejects.toMatchObject({ code: 'tooManyStreams', params: { max: 32 } });
    for (const tab of tabs) tab.abort.abort();
    await new Tab('s7', []).open();
  });
});

describe('an agent that stops', () => {
  it('leaves its last figures, grey, and goes on when it is back, without a rate over the gap', async () => {
    const tab = new Tab('s8', [clusterTopic(clusterId)]);
    await tab.open();
    await requests(3);
    const before = await tab.until(({ services }) => Number(services[0]?.figures.totals.connections) > 0);
    await agent.stop();
    await linkIs(plane, directorId, 'silent');
    const silent = await tab.until(({ directors }) => directors[0]?.state === 'silent');
    expect(Number(silent.services[0]?.figures.totals.connections)).toBeGreaterThanOrEqual(Number(before.services[0]?.figures.totals.connections));
    const later = await tab.until(({ atMs }) => atMs > silent.atMs);
    expect(later.services[0]?.figures).toEqual(silent.services[0]?.figures);
    expect(later.directors[0]?.lastSeenAtMs).toBeLessThan(later.atMs);
    await agent.start();
    const back = await tab.until(({ directors }) => directors[0]?.state === 'live');
    expect(back.services[0]?.figures).toMatchObject({ totals: { connections: '0' }, perSecond: { connections: null }, windowMs: null });
    await tab.until(({ services }) => services[0]?.figures.perSecond.connections === 0);
    tab.abort.abort();
  });

  it('is a gap in the history, whose seconds come in order', async () => {
    const ticks = await plane.live.history(clusterTopic(clusterId), 900);
    expect(ticks.map(({ atMs }) => atMs)).toEqual(ticks.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    expect(ticks.every((tick) => LiveTick.safeParse(tick).success)).toBe(true);
    expect(ticks.some(({ services }) => services[0]?.figures.perSecond.connections === null)).toBe(true);
    expect(ticks.at(-1)?.directors[0]?.state).toBe('live');
    expect(await plane.live.history(clusterTopic('other'), 10)).toEqual([]);
    expect((await plane.live.history('overview', 2)).length).toBeLessThanOrEqual(3);
  });
});

/** Null where nobody says. */
function refusalsIn({ services: [service] }: LiveTick): string[] | null {
  const refused = service?.refused ?? null;
  return refused === null || typeof refused === 'string' ? null : refused.reasons.map(({ reason }) => reason);
}

describe('a revision that is saved and not applied', () => {
  it('leaves the rows as its director forwards them, and marks what differs', async () => {
    const { head } = plane.clusters.view(clusterId);
    const [web] = head.definition.services;
    const [kept, gone] = web?.realServers ?? [];
    if (web === undefined || kept === undefined || gone === undefined) throw new Error('not the cluster that was made');
    const added = { ...gone, id: 'rs-new', name: 'rs-new', rip: ownAddress() };
    const definition = { ...head.definition, services: [{ ...web, realServers: [{ ...kept, weight: 7 }, added] }] };
    await plane.clusters.save(ann, { clusterId, base: head.number, definition, reason: '' });
    const tab = new Tab('s9', [clusterTopic(clusterId)]);
    await tab.open();
    const tick = await tab.until(({ services }) => services[0]?.realServers.length === 3);
    tab.abort.abort();
    expect(tick.services).toMatchObject([{
      wanted: true, notAppliedOn: [], takesNoneOn: [],
      realServers: [
        { realServerId: kept.id, weight: 1, wantedWeight: 7, notAppliedOn: [] },
        { realServerId: 'rs-new', weight: null, wantedWeight: 1, notAppliedOn: [directorId] },
        { realServerId: gone.id, weight: 1, wantedWeight: null, notAppliedOn: [] },
      ],
    }]);
  });

  it('is not what a service refuses by: who was turned away is counted where it is forwarded', async () => {
    for (const realServer of realServers) await realServer.stop();
    await expect(fetch(url, { headers: { connection: 'close' } })).rejects.toThrow('fetch failed');
    const tab = new Tab('s10', [clusterTopic(clusterId)]);
    await tab.open();
    const tick = await tab.until((each) => refusalsIn(each)?.length === 1);
    tab.abort.abort();
    expect(refusalsIn(tick)).toEqual(['noRealServer']);
  });
});
