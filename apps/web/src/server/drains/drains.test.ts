// Drains on real agents with the proxy driver and real open connections: all directors or none, the proof in the audit log once, silence, restarts.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import { nanoid } from 'nanoid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ann, bob, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { PanelError } from '../errors.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import type { DrainView } from './drain-view.ts';
import type { DrainOrder } from './drains.ts';

// Several waits one after the other, on a busy host.
vi.setConfig({ testTimeout: 120_000 });

let server: TestServer;
let plane: TestPlane;
const ends: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});

async function echoing(): Promise<{ address: string; port: number; weight: number }> {
  const address = ownAddress();
  const sockets = new Set<Socket>();
  const echo: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).pipe(socket);
  });
  await once(echo.listen(8080, address), 'listening');
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    echo.close();
  });
  return { address, port: 8080, weight: 4 };
}

interface Ready {
  readonly clusterId: string;
  readonly rip: string;
  readonly agents: readonly TestDirector[];
  readonly directorIds: readonly string[];
  readonly open: () => Promise<Socket>;
}

async function applied(clusterId: string, directorIds: readonly string[]): Promise<void> {
  const { revision, directors: planned } = await plane.changes.plan(clusterId);
  const inOrder = directorIds.flatMap((id) => planned.find(({ directorId }) => directorId === id) ?? []);
  const reviewed = inOrder.flatMap(({ directorId, plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  const { applyId } = await plane.changes.apply(ann, { clusterId, revision, directors: reviewed, onFailure: 'goOn' });
  await expect.poll(async () => (await plane.changes.get(applyId)).finishedAt, longWait).not.toBeNull();
}

/** The first director can listen on this host; others hold the revision only. */
async function ready(directors = 1, openForwarder?: () => Promise<Forwarder>): Promise<Ready> {
  const agents: TestDirector[] = [];
  const directorIds: string[] = [];
  for (let i = 0; i < directors; i += 1) {
    const agent = await startDirector(openForwarder);
    ends.push(agent.remove);
    agents.push(agent);
    directorIds.push(await enrolled(plane, agent, `d${i}-${nanoid(6)}`));
  }
  const realServers = [await echoing(), await echoing()];
  const definition = webCluster({ directorIds, realServers });
  const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
  await applied(clusterId, directorIds);
  await expect.poll(() => plane.clusters.view(clusterId).directors.every(({ state }) => state === 'current' || state === 'behind'), longWait).toBe(true);
  const open = async (): Promise<Socket> => {
    const socket = connect(8080, definition.vips[0]?.address);
    socket.on('error', () => undefined);
    ends.push(() => { socket.destroy(); });
    await once(socket, 'connect');
    const heard = once(socket, 'data');
    socket.write('begin');
    await heard;
    return socket;
  };
  return { clusterId, rip: realServers[0]?.address ?? '', agents, directorIds, open };
}

function order(clusterId: string, changes: Partial<DrainOrder> = {}): DrainOrder {
  return { clusterId, target: { kind: 'realServer', serviceId: 'web', realServerId: 'rs-0' }, reason: 'new disk', deadlineMs: null, atDeadline: 'wait', ...changes };
}

function only(clusterId: string, on = plane): DrainView | undefined {
  return on.drains.list(clusterId)[0];
}

async function audited(clusterId: string, action: string) {
  return plane.db.auditEntry.findMany({ where: { objectId: clusterId, action }, orderBy: { id: 'asc' } });
}

describe('a drain', () => {
  it('counts down, is safe when the director says so, is in the audit log once with the evidence, and gives the weight back', async () => {
    const { clusterId, open, rip } = await ready();
    const sockets = [await open(), await open()];
    const { drainId, directors } = await plane.drains.begin(ann, order(clusterId));
    expect(directors).toMatchObject([{ error: null }]);
    await expect.poll(() => only(clusterId)?.directors[0]?.counts, longWait).toEqual([{ weight: 0, active: 1, inactive: 0, persistent: 0 }]);
    expect(only(clusterId)).toMatchObject({
      id: drainId, author: 'Ann', host: null, safe: false, safeAtMs: null, targets: [{ service: 'web', realServer: 'rs-0' }], directors: [{ state: { phase: 'draining', evidence: null }, late: false }],
    });
    await expect.poll(() => only(clusterId)?.directors[0]?.state, longWait).toMatchObject({ estimate: { doneAtMs: expect.any(Number) as number } });
    for (const socket of sockets) socket.end();
    await expect.poll(() => only(clusterId)?.safe, longWait).toBe(true);
    await expect.poll(() => only(clusterId)?.safeAtMs, longWait).not.toBeNull();
    const [proof, ...more] = await audited(clusterId, 'drains.safe');
    expect(more).toEqual([]);
    expect(proof).toMatchObject({ actorName: null, outcome: 'done', after: {
      drainId, orderedBy: 'Ann', realServers: [{ service: 'web', realServer: 'rs-0' }], directors: [{ how: 'empty', readings: expect.any(Number) as number, zeroSince: expect.any(String) as string }] } });
    expect(await plane.drains.end(bob, { clusterId, drainId })).toMatchObject({ directors: [{ error: null }] });
    expect(plane.drains.list(clusterId)).toEqual([]);
    expect(plane.gateway.state(plane.clusters.view(clusterId).directors[0]?.directorId ?? '')?.overrides).toEqual([]);
    const actions = await plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { startsWith: 'drains.' } }, orderBy: { id: 'asc' } });
    expect(actions.map(({ action, actorName }) => [action, actorName])).toEqual([['drains.begin', 'Ann'], ['drains.beginFinish', 'Ann'], ['drains.safe', null], ['drains.end', 'Bob']]);
    expect(rip).not.toBe('');
  });

  it('is not safe while one of its directors has not proved it', async () => {
    const { clusterId, directorIds } = await ready(2);
    await plane.drains.begin(ann, order(clusterId));
    await expect.poll(() => only(clusterId)?.directors.find(({ directorId }) => directorId === directorIds[0])?.state, longWait).toMatchObject({ phase: 'done' });
    expect(only(clusterId)).toMatchObject({ safe: false, safeAtMs: null });
    expect(only(clusterId)?.directors.find(({ directorId }) => directorId === directorIds[1])).toMatchObject({ state: { phase: 'draining' } });
    expect(await audited(clusterId, 'drains.safe')).toEqual([]);
  });

  it('is given to a silent director later by order only, and is ended only when every one has answered', async () => {
    const { clusterId, agents, directorIds } = await ready(2);
    const [, silentAgent] = agents;
    const silentId = directorIds[1] ?? '';
    await silentAgent?.stop();
    await linkIs(plane, silentId, 'silent');
    const { drainId, directors } = await plane.drains.begin(ann, order(clusterId));
    expect(directors.find(({ directorId }) => directorId === silentId)?.error?.code).toBe('directorSilent');
    expect(directors.find(({ directorId }) => directorId !== silentId)?.error).toBeNull();
    await silentAgent?.start();
    await linkIs(plane, silentId, 'connected');
    await expect.poll(() => only(clusterId)?.directors.find(({ directorId }) => directorId === silentId)?.state, longWait).toBe('lacks');
    expect(only(clusterId)?.safe).toBe(false);
    expect((await plane.drains.again(bob, { clusterId, drainId })).directors).toMatchObject([{ directorId: silentId, error: null }]);
    expect(only(clusterId)?.directors.find(({ directorId }) => directorId === silentId)?.state).toMatchObject({ phase: 'draining' });
    await silentAgent?.stop();
    await linkIs(plane, silentId, 'silent');
    const ended = await plane.drains.end(bob, { clusterId, drainId });
    expect(ended.directors.find(({ directorId }) => directorId === silentId)?.error?.code).toBe('directorSilent');
    expect(only(clusterId)?.id).toBe(drainId);
    await silentAgent?.start();
    await linkIs(plane, silentId, 'connected');
    await plane.drains.end(bob, { clusterId, drainId });
    expect(plane.drains.list(clusterId)).toEqual([]);
  });

  it('that nobody hears is not begun', async () => {
    const { clusterId, agents, directorIds } = await ready();
    await agents[0]?.stop();
    await linkIs(plane, directorIds[0] ?? '', 'silent');
    await expect(plane.drains.begin(ann, order(clusterId))).rejects.toMatchObject({ code: 'directorSilent' });
    expect(plane.drains.list(clusterId)).toEqual([]);
  });

  it('of a host is of all its services, and says beforehand what will happen', async () => {
    const { clusterId, rip, open } = await ready();
    await open();
    await open();
    const target = { kind: 'host', rip } as const;
    await expect.poll(async () => (await plane.drains.preview({ clusterId, target })).directors[0]?.targets, longWait)
      .toEqual([{ serviceId: 'web', realServerId: 'rs-0', service: 'web', realServer: 'rs-0', weight: 4, persistenceSeconds: null, counted: { weight: 4, active: 1, inactive: 0, persistent: 0 } }]);
    expect(await plane.drains.preview({ clusterId, target })).toMatchObject({ alsoIn: [], directors: [{ error: null, effects: { remembered: 'stay', removal: 'reset', moveCommand: null } }] });
    await plane.drains.begin(ann, order(clusterId, { target }));
    expect(only(clusterId)).toMatchObject({ host: rip, targets: [{ realServerId: 'rs-0' }] });
  });

  it('of a host is not safe while a later revision has it take connections in another service', async () => {
    const { clusterId, rip, directorIds } = await ready();
    const { drainId } = await plane.drains.begin(ann, order(clusterId, { target: { kind: 'host', rip } }));
    await expect.poll(() => only(clusterId)?.safe, longWait).toBe(true);
    const { definition, number } = plane.clusters.view(clusterId).head;
    const again = definition.services.map((service) => ({ ...service, id: 'other', name: 'other', match: { ...service.match, port: 8081 } }));
    await plane.clusters.save(ann, { clusterId, base: number, definition: { ...definition, services: [...definition.services, ...again] }, reason: '' });
    await applied(clusterId, directorIds);
    await expect.poll(() => only(clusterId), longWait).toMatchObject({ safe: false, elsewhere: ['other'] });
    await plane.drains.end(ann, { clusterId, drainId });
    await plane.drains.begin(ann, order(clusterId));
    // Of the one that was chosen it is true, and what its host does beside that is said.
    await expect.poll(() => only(clusterId), longWait).toMatchObject({ safe: true, elsewhere: ['other'] });
  });

  it('is not safe any more while its director is heard and measures nothing', async () => {
    const forwarder = new ProxyForwarder();
    const { clusterId } = await ready(1, () => Promise.resolve(forwarder));
    await plane.drains.begin(ann, order(clusterId));
    await expect.poll(() => only(clusterId)?.safe, longWait).toBe(true);
    vi.spyOn(forwarder, 'sample').mockRejectedValue(new Error('no counters'));
    await expect.poll(() => only(clusterId), { ...longWait, timeout: 60_000 }).toMatchObject({ safe: false, directors: [{ link: 'connected', counts: [null], measuredAtMs: null }] });
  });

  it('that a director may have taken without an answer is listed until somebody ends it', async () => {
    const { clusterId, directorIds } = await ready();
    const client = plane.gateway.client(directorIds[0] ?? '');
    const lost = vi.spyOn(plane.gateway, 'client').mockReturnValue({
      ...client, startDrain: async (drain) => {
        await client.startDrain(drain);
        throw new PanelError('directorSilent', { director: 'd', why: 'ETIMEDOUT' });
      },
    });
    const { drainId, directors } = await plane.drains.begin(ann, order(clusterId)).finally(() => { lost.mockRestore(); });
    expect(directors).toMatchObject([{ error: { code: 'directorSilent' } }]);
    expect(only(clusterId)?.id).toBe(drainId);
    await plane.drains.end(bob, { clusterId, drainId });
    await expect.poll(() => plane.gateway.state(directorIds[0] ?? '')?.overrides, longWait).toEqual([]);
    expect(plane.drains.list(clusterId)).toEqual([]);
  });

  it('of two that are begun at once is one', async () => {
    const { clusterId } = await ready();
    const both = await Promise.allSettled([plane.drains.begin(ann, order(clusterId)), plane.drains.begin(bob, order(clusterId))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(plane.drains.list(clusterId)).toHaveLength(1);
  });

  it('of two of different real servers that are begun at once, one is refused where both leave nothing', async () => {
    const { clusterId } = await ready();
    const both = await Promise.allSettled([
      plane.drains.begin(ann, order(clusterId)), plane.drains.begin(bob, order(clusterId, { target: { kind: 'realServer', serviceId: 'web', realServerId: 'rs-1' } }))]);
    expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'drainLeavesNone' } }]);
    expect(plane.drains.list(clusterId)).toHaveLength(1);
  });

  it('is ordered again past its deadline, where it waits on', async () => {
    const { clusterId, agents, directorIds } = await ready(2);
    const silentId = directorIds[1] ?? '';
    await agents[1]?.stop();
    await linkIs(plane, silentId, 'silent');
    const deadlineMs = Date.now() + 6_000;
    const { drainId } = await plane.drains.begin(ann, order(clusterId, { deadlineMs }));
    await agents[1]?.start();
    await linkIs(plane, silentId, 'connected');
    await expect.poll(() => Date.now(), longWait).toBeGreaterThan(deadlineMs);
    expect((await plane.drains.again(bob, { clusterId, drainId })).directors).toMatchObject([{ directorId: silentId, error: null }]);
    await expect.poll(() => only(clusterId)?.directors.find(({ directorId }) => directorId === silentId), longWait).toMatchObject({ state: { phase: 'draining' }, late: true });
  });

  it.each<[string, Partial<DrainOrder>, string]>([
    ['that is over already', { deadlineMs: 1 }, 'drainDeadlinePast'],
    ['of no such real server', { target: { kind: 'realServer', serviceId: 'web', realServerId: 'rs-9' } }, 'noSuchRealServer'],
    ['of no such host', { target: { kind: 'host', rip: '10.9.9.9' } }, 'noSuchRealServer'],
  ])('%s is refused, and nothing is drained', async (_, changes, code) => {
    const { clusterId } = await ready();
    await expect(plane.drains.begin(ann, order(clusterId, changes))).rejects.toMatchObject({ code });
    expect(plane.drains.list(clusterId)).toEqual([]);
    expect(await audited(clusterId, 'drains.begin')).toEqual([]);
  });

  it('that leaves nothing for new connections is said beforehand, and refused to who does not know it', async () => {
    const { clusterId, directorIds } = await ready(2);
    const silentId = directorIds[1] ?? '';
    const last = { kind: 'realServer', serviceId: 'web', realServerId: 'rs-1' } as const;
    const leftOn = async (directorId = '') => (await plane.drains.preview({ clusterId, target: last })).directors.find((one) => one.directorId === directorId)?.leftWithNone;
    await expect.poll(() => leftOn(directorIds[0]), longWait).toEqual([]);
    const { drainId } = await plane.drains.begin(ann, order(clusterId));
    const left = [{ serviceId: 'web', service: 'web', realServers: 2, taking: 1, outcome: 'refused' }];
    await expect.poll(() => leftOn(directorIds[0]), longWait).toEqual(left);
    await expect.poll(() => leftOn(silentId), longWait).toEqual(left);
    await expect(plane.drains.begin(bob, order(clusterId, { target: last }))).rejects.toMatchObject({ code: 'drainLeavesNone', params: { services: 'web' } });
    await expect(plane.drains.begin(bob, order(clusterId, { target: last, emptied: ['mail'] }))).rejects.toMatchObject({ code: 'drainLeavesNone' });
    expect(plane.drains.list(clusterId).map(({ id }) => id)).toEqual([drainId]);
    expect((await plane.drains.begin(bob, order(clusterId, { target: last, emptied: ['web'] }))).directors).toMatchObject([{ error: null }, { error: null }]);
    expect((await audited(clusterId, 'drains.begin'))[1]).toMatchObject({ actorName: 'Bob', after: { leftWithNone: ['web'] } });
  });

  it('is said beforehand to be of unknown effect on a director that is silent', async () => {
    const { clusterId, agents, directorIds } = await ready(2);
    const silentId = directorIds[1] ?? '';
    await agents[1]?.stop();
    await linkIs(plane, silentId, 'silent');
    const left = async () => (await plane.drains.preview({ clusterId, target: { kind: 'realServer', serviceId: 'web', realServerId: 'rs-0' } })).directors.map(({ directorId, leftWithNone }) => [directorId, leftWithNone]);
    await expect.poll(async () => Object.fromEntries(await left()) as unknown, longWait).toEqual({ [directorIds[0] ?? '']: [], [silentId]: null });
  });

  it('is not begun twice, and one that is not there is not ended', async () => {
    const { clusterId } = await ready();
    await plane.drains.begin(ann, order(clusterId));
    await expect(plane.drains.begin(bob, order(clusterId))).rejects.toMatchObject({ code: 'drainedAlready', params: { author: 'Ann' } });
    await expect(plane.drains.end(bob, { clusterId, drainId: 'x' })).rejects.toMatchObject({ code: 'noSuchDrain' });
  });
});

it('what was proved while the panel was away is in the audit log when it is back, once', async () => {
  let other = await startTestPlane(await server.createDatabase());
  ends.push(() => other.close());
  const agent = await startDirector();
  ends.push(agent.remove);
  const directorId = await enrolled(other, agent);
  const realServer = await echoing();
  const { clusterId } = await other.clusters.create(ann, { definition: webCluster({ directorIds: [directorId], realServers: [realServer] }), reason: '' });
  const { revision, directors } = await other.changes.plan(clusterId);
  const { applyId } = await other.changes.apply(ann, { clusterId, revision, onFailure: 'goOn', directors: directors.flatMap(({ plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }])) });
  await expect.poll(async () => (await other.changes.get(applyId)).finishedAt, longWait).not.toBeNull();
  const vip = other.clusters.view(clusterId).head.definition.vips[0]?.address;
  const socket = connect(8080, vip);
  await once(socket, 'connect');
  await other.drains.begin(ann, order(clusterId, { emptied: ['web'] }));
  await expect.poll(() => only(clusterId, other)?.directors[0]?.counts, longWait).toMatchObject([{ active: 1 }]);
  const restarting = other.restarted();
  socket.destroy();
  other = await restarting;
  await expect.poll(() => only(clusterId, other)?.safeAtMs, longWait).not.toBeNull();
  other = await other.restarted();
  await expect.poll(() => only(clusterId, other)?.safe, longWait).toBe(true);
  expect(await other.db.auditEntry.count({ where: { objectId: clusterId, action: 'drains.safe' } })).toBe(1);
});
