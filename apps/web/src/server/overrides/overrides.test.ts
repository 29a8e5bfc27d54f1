// Overrides on real agents with the proxy driver, real traffic as witness: silence, time, kill -9, bad input.
import { startHttpServer } from '@weir/lab';
import type { SampleServer } from '@weir/lab';
import type { ClusterDefinition } from '@weir/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ann, bob, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { startDirectorProcess } from '../testing/agents/director-process.ts';
import { enrolled, linkIs, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import type { OrderEffect, OverrideOrder } from './order.ts';

let server: TestServer;
let plane: TestPlane;
let realServers: SampleServer[];
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
  realServers = [await startHttpServer({ address: ownAddress(), port: 8080 }), await startHttpServer({ address: ownAddress(), port: 8080 })];
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(async () => {
  await plane.close();
  for (const realServer of realServers) await realServer.stop();
  await server.remove();
});

async function director(): Promise<{ agent: TestDirector; directorId: string }> {
  const agent = await startDirector();
  ends.push(agent.remove);
  return { agent, directorId: await enrolled(plane, agent) };
}

interface Applied {
  readonly clusterId: string;
  readonly definition: ClusterDefinition;
  /** Which real servers answer eight requests. */
  readonly answering: () => Promise<string[]>;
}

async function applyHead(clusterId: string, onFailure: 'goOn' | 'rollBack' = 'goOn'): Promise<void> {
  const { revision, directors } = await plane.changes.plan(clusterId);
  const inOrder = plane.clusters.view(clusterId).directors.flatMap(({ directorId }) => directors.find((planned) => planned.directorId === directorId) ?? []);
  const reviewed = inOrder.flatMap(({ directorId, plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  const { applyId } = await plane.changes.apply(ann, { clusterId, revision, directors: reviewed, onFailure });
  await expect.poll(async () => (await plane.changes.get(applyId)).finishedAt, longWait).not.toBeNull();
  await expect.poll(() => plane.clusters.view(clusterId).directors.every(({ state }) => state === 'current' || state === 'behind'), longWait).toBe(true);
}

/** Several directors are on this host, where the first can listen: the others hold the revision and drift. */
async function applied(...directorIds: string[]): Promise<Applied> {
  const definition = webCluster({ directorIds, realServers: realServers.map(({ endpoint }) => ({ ...endpoint, weight: 100 })) });
  const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
  await applyHead(clusterId);
  const url = `http://${definition.vips[0]?.address}:8080/`;
  const answering = async (): Promise<string[]> => {
    const answers: string[] = [];
    for (let i = 0; i < 8; i += 1) {
      const text = await (await fetch(url, { headers: { connection: 'close' } })).text();
      answers.push(realServers.map(({ endpoint: { address } }) => address).find((address) => text.includes(address)) ?? text);
    }
    return [...new Set(answers)].toSorted();
  };
  return { clusterId, definition, answering };
}

const rs0 = { kind: 'realServer', serviceId: 'web', realServerId: 'rs-0' } as const;
const maintenance: OrderEffect = { kind: 'maintenance' };

function order(clusterId: string, changes: Partial<OverrideOrder> = {}): OverrideOrder {
  return { clusterId, target: rs0, effect: { kind: 'weight', weight: 0 }, reason: '', endsAtMs: null, ...changes };
}

const addresses = (): string[] => realServers.map(({ endpoint: { address } }) => address).toSorted();
const second = (): string[] => realServers.slice(1).map(({ endpoint: { address } }) => address);

describe('an override by hand', () => {
  it('takes a real server out of the traffic, is acknowledged and listed, makes no revision, and gives it back when it is ended', async () => {
    const { directorId } = await director();
    const { clusterId, answering } = await applied(directorId);
    expect(await answering()).toEqual(addresses());
    const { overrideIds, directors } = await plane.overrides.set(ann, order(clusterId, { effect: maintenance, reason: 'new disk' }));
    expect(directors).toEqual([expect.objectContaining({ directorId, ordered: 1, acknowledged: 1, error: null, drift: 0 })]);
    expect(await answering()).toEqual(second());
    const [held] = await plane.overrides.list(clusterId);
    expect(held).toMatchObject({
      directorId, link: 'connected', revision: 1, heardAtMs: expect.any(Number) as number,
      overrides: [{ definedWeight: 100, override: { id: overrideIds[0], cause: 'maintenance', author: 'Ann', reason: 'new disk', endsAtMs: null, effect: { weight: 0 } } }],
    });
    expect(plane.clusters.view(clusterId)).toMatchObject({ head: { number: 1 }, directors: [{ state: 'current' }] });
    expect((await plane.changes.plan(clusterId)).directors[0]?.plan?.operations).toEqual([]);
    await plane.overrides.end(bob, { clusterId, overrideIds });
    expect(await answering()).toEqual(addresses());
    expect((await plane.overrides.list(clusterId))[0]?.overrides).toEqual([]);
  });

  it('is in the audit log with the weights before and after on each director', async () => {
    const { directorId } = await director();
    const { clusterId } = await applied(directorId);
    const { overrideIds } = await plane.overrides.set(ann, order(clusterId, { effect: { kind: 'weight', weight: 7 } }));
    await plane.overrides.end(bob, { clusterId, overrideIds });
    const entries = await plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { startsWith: 'overrides.' } }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action, actorName, outcome }) => [action, actorName, outcome])).toEqual([
      ['overrides.set', 'Ann', 'done'], ['overrides.setFinish', 'Ann', 'done'], ['overrides.end', 'Bob', 'done'], ['overrides.endFinish', 'Bob', 'done'],
    ]);
    expect(entries.map(({ before, after }) => before ?? after)).toMatchObject([
      { directors: [{ weights: [{ service: 'web', realServer: 'rs-0', weight: 100, defined: 100, cause: null }] }] },
      { directors: [{ weights: [{ weight: 7, cause: 'manual' }], acknowledged: 1 }] },
      { directors: [{ weights: [{ weight: 7, cause: 'manual' }] }] },
      { directors: [{ weights: [{ weight: 100, cause: null }] }] },
    ]);
  });

  it('of another cause waits behind the stronger; a newer one takes the place of the earlier of its cause', async () => {
    const { directorId } = await director();
    const { clusterId, answering } = await applied(directorId);
    await plane.overrides.set(ann, order(clusterId, { effect: { kind: 'weight', weight: 5 } }));
    const quiesced = await plane.overrides.set(ann, order(clusterId, { effect: { kind: 'quiesce' } }));
    await plane.overrides.set(bob, order(clusterId, { effect: { kind: 'weight', weight: 6 } }));
    const held = (await plane.overrides.list(clusterId))[0]?.overrides ?? [];
    expect(held.map(({ override: { cause, effect } }) => [cause, effect])).toEqual([
      ['drain', { kind: 'weight', weight: 0 }], ['manual', { kind: 'weight', weight: 6 }],
    ]);
    expect(await answering()).toEqual(second());
    await plane.overrides.end(ann, { clusterId, overrideIds: quiesced.overrideIds });
    expect(await answering()).toEqual(addresses());
  });

  it('for a host reaches every service that the host answers', async () => {
    const { directorId } = await director();
    const [endpoint] = realServers.map((each) => each.endpoint);
    const definition = webCluster({ directorIds: [directorId], realServers: [endpoint ?? { address: '', port: 0 }] });
    const [service] = definition.services;
    if (service === undefined || service.match.kind !== 'address') throw new Error('no service');
    const services = [service, { ...service, id: 'two', name: 'two', match: { ...service.match, port: 8081 } }];
    const { clusterId } = await plane.clusters.create(ann, { definition: { ...definition, services }, reason: '' });
    await applyHead(clusterId);
    const { overrideIds, directors } = await plane.overrides.set(ann, order(clusterId, { target: { kind: 'host', rip: endpoint?.address ?? '' }, effect: { kind: 'quiesce' } }));
    expect([overrideIds.length, directors[0]?.ordered, directors[0]?.acknowledged]).toEqual([2, 2, 2]);
    expect((await plane.overrides.list(clusterId))[0]?.overrides?.map(({ override: { target } }) => target.serviceId).toSorted()).toEqual(['two', 'web']);
    await plane.overrides.end(ann, { clusterId, overrideIds });
    expect((await plane.overrides.list(clusterId))[0]?.overrides).toEqual([]);
  });

  it('for a service reaches every real server of it, also as maintenance', async () => {
    const { directorId } = await director();
    const { clusterId, answering } = await applied(directorId);
    const { overrideIds } = await plane.overrides.set(ann, order(clusterId, { target: { kind: 'service', serviceId: 'web' }, effect: maintenance, reason: 'a new release' }));
    expect(overrideIds).toHaveLength(2);
    expect((await plane.overrides.list(clusterId))[0]?.overrides).toMatchObject([{ override: { cause: 'maintenance', effect: { weight: 0 } } }, { override: { effect: { weight: 0 } } }]);
    await plane.overrides.end(ann, { clusterId, overrideIds });
    expect(await answering()).toEqual(addresses());
  });

  it('ends by itself at its end', async () => {
    const { directorId } = await director();
    const { clusterId, answering } = await applied(directorId);
    await plane.overrides.set(ann, order(clusterId, { endsAtMs: Date.now() + 1_500 }));
    expect(await answering()).toEqual(second());
    await expect.poll(answering, longWait).toEqual(addresses());
    await expect.poll(async () => (await plane.overrides.list(clusterId))[0]?.overrides, longWait).toEqual([]);
  });
});

describe('a director that is silent', () => {
  it('is said to be silent, gets nothing by itself when it is back, and is given the same by another order', async () => {
    const [first, other] = [await director(), await director()];
    const { clusterId, answering } = await applied(first.directorId, other.directorId);
    await other.agent.stop();
    await linkIs(plane, other.directorId, 'silent');
    const { overrideIds, directors } = await plane.overrides.set(ann, order(clusterId));
    const byId = new Map(directors.map((one) => [one.directorId, one]));
    expect(byId.get(first.directorId)).toMatchObject({ acknowledged: 1, error: null });
    expect(byId.get(other.directorId)).toMatchObject({ ordered: null, acknowledged: 0, error: { code: 'directorSilent' }, drift: null });
    expect(await answering()).toEqual(second());
    expect(await plane.db.auditEntry.count({ where: { objectId: clusterId, action: 'overrides.setFinish', outcome: 'failed' } })).toBe(1);
    await other.agent.start();
    await linkIs(plane, other.directorId, 'connected');
    const heldBy = async (directorId: string) => (await plane.overrides.list(clusterId)).find((one) => one.directorId === directorId)?.overrides?.map(({ override }) => override);
    await expect.poll(() => plane.gateway.director(other.directorId)?.accepted, longWait).not.toBeNull();
    expect(await heldBy(other.directorId)).toEqual([]);
    const [overrideId = ''] = overrideIds;
    const there = await plane.overrides.setThere(bob, { clusterId, overrideId, directorId: other.directorId });
    // The first one has the address: this one holds the override and says that it cannot forward.
    expect(there.directors).toMatchObject([{ directorId: other.directorId, acknowledged: 1, error: null, drift: expect.any(Number) as number }]);
    expect(await heldBy(other.directorId)).toEqual(await heldBy(first.directorId));
    await other.agent.stop();
    await linkIs(plane, other.directorId, 'silent');
    const ended = await plane.overrides.end(ann, { clusterId, overrideIds });
    const endedById = new Map(ended.directors.map(({ directorId, acknowledged, error }) => [directorId, [acknowledged, error?.code]]));
    expect(endedById).toEqual(new Map([[first.directorId, [1, undefined]], [other.directorId, [0, 'directorSilent']]]));
    expect(await heldBy(other.directorId)).toHaveLength(1);
  });

  it('that was killed right after it acknowledged holds the override when it is back', async () => {
    const agent = await startDirectorProcess();
    ends.push(agent.remove);
    const { directorId } = await plane.gateway.enrol(ann, { code: await agent.code(), name: 'killed' });
    await expect.poll(() => plane.gateway.director(directorId)?.accepted, longWait).not.toBeNull();
    const { clusterId, answering } = await applied(directorId);
    const { overrideIds, directors } = await plane.overrides.set(ann, order(clusterId));
    await agent.kill();
    expect(directors).toMatchObject([{ acknowledged: 1, error: null }]);
    await linkIs(plane, directorId, 'silent');
    await agent.start();
    await linkIs(plane, directorId, 'connected');
    await expect.poll(async () => (await plane.overrides.list(clusterId))[0]?.overrides?.map(({ override }) => override.id), longWait).toEqual(overrideIds);
    await expect.poll(answering, longWait).toEqual(second());
  });
});

describe('keeping an override', () => {
  it('saves a revision with its weight, applies nothing, and leaves the override until somebody ends it', async () => {
    const { directorId } = await director();
    const { clusterId, answering } = await applied(directorId);
    const { overrideIds: [overrideId = ''] } = await plane.overrides.set(ann, order(clusterId));
    await expect(plane.overrides.keep(bob, { clusterId, overrideId, base: 3, reason: '' })).rejects.toMatchObject({ code: 'staleRevision' });
    expect(await plane.overrides.keep(bob, { clusterId, overrideId, base: 1, reason: 'keeps weight 0' })).toMatchObject({ number: 2 });
    const { head, directors } = plane.clusters.view(clusterId);
    expect(head).toMatchObject({ number: 2, author: 'Bob', reason: 'keeps weight 0', definition: { services: [{ realServers: [{ weight: 0 }, { weight: 100 }] }] } });
    expect(directors).toMatchObject([{ state: 'behind', acceptedRevision: 1 }]);
    await expect(plane.overrides.keep(bob, { clusterId, overrideId, base: 2, reason: '' })).rejects.toMatchObject({ code: 'weightKeptAlready', params: { revision: 2 } });
    await applyHead(clusterId, 'rollBack');
    expect((await plane.overrides.list(clusterId))[0]).toMatchObject({ revision: 2, overrides: [{ definedWeight: 0, override: { id: overrideId } }] });
    await plane.overrides.end(bob, { clusterId, overrideIds: [overrideId] });
    expect(await answering()).toEqual(second());
  });
});

describe('an order that makes no sense', () => {
  it('is refused with its reason, and nothing is sent or written down', async () => {
    const { directorId } = await director();
    const { clusterId, definition } = await applied(directorId);
    const never = { clusterId: (await plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId], realServers: [{ address: '127.0.0.9', port: 1 }] }), reason: '' })).clusterId };
    const set = (changes: Partial<OverrideOrder>) => plane.overrides.set(ann, order(clusterId, changes));
    const refusals: [string, () => Promise<unknown>][] = [
      ['overrideEndPast', () => set({ endsAtMs: Date.now() })],
      ['noSuchRealServer', () => set({ target: { ...rs0, realServerId: 'other' } })],
      ['noSuchRealServer', () => set({ target: { ...rs0, serviceId: 'other' } })],
      ['noSuchRealServer', () => set({ target: { kind: 'host', rip: '127.0.0.77' } })],
      ['noSuchCluster', () => set({ clusterId: 'other' })],
      ['nothingAccepted', () => set(never)],
      ['noSuchOverride', () => plane.overrides.end(ann, { clusterId, overrideIds: ['other'] })],
      ['noSuchOverride', () => plane.overrides.keep(ann, { clusterId, overrideId: 'other', base: 1, reason: '' })],
      ['noSuchOverride', () => plane.overrides.setThere(ann, { clusterId, overrideId: 'other', directorId })],
    ];
    for (const [code, refused] of refusals) await expect(refused()).rejects.toMatchObject({ code });
    const { overrideIds: [overrideId = ''] } = await set({});
    await expect(plane.overrides.setThere(ann, { clusterId, overrideId, directorId: 'other' })).rejects.toMatchObject({ code: 'directorNotConcerned' });
    expect(await plane.db.auditEntry.count({ where: { action: { startsWith: 'overrides.' }, objectId: clusterId } })).toBe(2);
    expect(plane.clusters.view(clusterId).head.definition).toEqual(definition);
  });
});
