// Applying: with real agents and the proxy driver, real traffic as witness, and agents and panels that are lost half-way.
import { startHttpServer } from '@weir/lab';
import type { SampleServer } from '@weir/lab';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import { FaultyForwarder } from '@weir/forwarder/faulty';
import type { ClusterDefinition, ServiceHealth } from '@weir/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ann, bob, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import { hang, result, startFalseAgent } from '../testing/agents/false-agent.ts';
import type { ApplyDirectorView, ApplyView } from './change-view.ts';
import { plannedHealth } from './planning/planned-health.ts';
import { trafficOf } from './planning/traffic.ts';

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

async function director(openForwarder?: () => Promise<Forwarder>): Promise<{ agent: TestDirector; directorId: string }> {
  const agent = await startDirector(openForwarder);
  ends.push(agent.remove);
  return { agent, directorId: await enrolled(plane, agent) };
}

function definitionOn(...directorIds: string[]): ClusterDefinition {
  return webCluster({ directorIds, realServers: realServers.map(({ endpoint }) => endpoint) });
}

async function order(clusterId: string, revision: number, onFailure: 'rollBack' | 'goOn' = 'rollBack') {
  const plan = await plane.changes.plan(clusterId, revision);
  const directors = plan.directors.map(({ directorId, plan: planned, error }) => {
    if (error !== null) throw new Error(error.code);
    return { directorId, digest: planned.digest, replaces: planned.replaces };
  });
  return { clusterId, revision, directors, onFailure };
}

async function finished(applyId: string): Promise<ApplyView> {
  await expect.poll(async () => (await plane.changes.get(applyId)).finishedAt, longWait).not.toBeNull();
  return plane.changes.get(applyId);
}

async function directorStateIs(applyId: string, state: ApplyDirectorView['state']): Promise<void> {
  await expect.poll(async () => (await plane.changes.get(applyId)).directors[0]?.state, longWait).toBe(state);
}

async function created(...directorIds: string[]): Promise<{ clusterId: string; definition: ClusterDefinition; url: string }> {
  const definition = definitionOn(...directorIds);
  const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
  return { clusterId, definition, url: `http://${definition.vips[0]?.address}:8080/` };
}

const get = async (url: string): Promise<string> => (await fetch(url, { headers: { connection: 'close' } })).text();

describe('a plan', () => {
  it('is made by each director for itself, and a silent one says so', async () => {
    const [first, second] = [await director(), await director()];
    await second.agent.stop();
    await linkIs(plane, second.directorId, 'silent');
    const { clusterId } = await created(first.directorId, second.directorId);
    const { revision, directors } = await plane.changes.plan(clusterId);
    expect(revision).toBe(1);
    const byId = new Map(directors.map((one) => [one.directorId, one]));
    expect(byId.get(first.directorId)?.plan?.operations.map(({ operation }) => operation.kind)).toEqual(['addService', 'addRealServer', 'addRealServer']);
    expect(byId.get(second.directorId)).toMatchObject({ plan: null, error: { code: 'directorSilent' } });
  });

  it('without an operation says the checks that it would begin', async () => {
    const { directorId } = await director();
    const { clusterId, definition } = await created(directorId);
    await finished((await plane.changes.apply(ann, await order(clusterId, 1))).applyId);
    const health: ServiceHealth = {
      checks: [{ id: 'c', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 3 }],
      first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
    };
    await plane.clusters.save(ann, { clusterId, base: 1, definition: { ...definition, services: definition.services.map((service) => ({ ...service, health })) }, reason: '' });
    const plan = await plane.changes.plan(clusterId);
    expect(plan.directors.map((one) => one.plan?.operations)).toEqual([[]]);
    expect(await plannedHealth(plan, plane, (one) => one)).toEqual({ changes: [{ serviceId: 'web', service: 'web', before: null, after: health, on: null }], unknownOn: [] });
  });

  it('takes the cluster off a director that the revision names no more', async () => {
    const [first, second] = [await director(), await director()];
    const { clusterId, definition } = await created(first.directorId);
    await finished((await plane.changes.apply(ann, await order(clusterId, 1))).applyId);
    await expect.poll(() => plane.clusters.view(clusterId).directors[0]?.state, longWait).toBe('current');
    const vips = definition.vips.map((vip) => ({ ...vip, holder: second.directorId }));
    const moved = { ...definitionOn(second.directorId), name: definition.name, vips, services: definition.services };
    await plane.clusters.save(ann, { clusterId, base: 1, definition: moved, reason: '' });
    expect(plane.clusters.view(clusterId).directors.map(({ directorId, state }) => [directorId, state]))
      .toEqual([[second.directorId, 'none'], [first.directorId, 'leaving']]);
    const { directors } = await plane.changes.plan(clusterId);
    expect(directors.map(({ directorId, leaving, plan }) => [directorId, leaving, plan?.operations[0]?.operation.kind]))
      .toEqual([[second.directorId, false, 'addService'], [first.directorId, true, 'removeService']]);
    // Both are on this host, where only one can listen.
    const reviewed = await order(clusterId, 2);
    const { applyId } = await plane.changes.apply(ann, { ...reviewed, directors: reviewed.directors.toReversed() });
    expect((await finished(applyId)).directors.map(({ report }) => report?.outcome.kind)).toEqual(['applied', 'applied']);
    await expect.poll(() => plane.clusters.view(clusterId).directors.map(({ directorId, state }) => [directorId, state]), longWait)
      .toEqual([[second.directorId, 'current']]);
  });
});

describe('an apply', () => {
  it('forwards traffic, says what each operation came to, and is written down', async () => {
    const { directorId } = await director();
    const { clusterId, url } = await created(directorId);
    const { applyId } = await plane.changes.apply(ann, await order(clusterId, 1));
    const apply = await finished(applyId);
    expect(apply).toMatchObject({ clusterId, revision: 1, author: 'Ann', directors: [{ directorId, state: 'done', error: null, refused: null, report: { outcome: { kind: 'applied' }, accepted: 1 } }] });
    expect(apply.directors[0]?.report?.steps.map(({ operation, result: { status } }) => [operation.kind, status]))
      .toEqual(apply.directors[0]?.planned.map(({ operation }) => [operation.kind, 'done']));
    const answers = new Set([await get(url), await get(url)]);
    expect(answers.size).toBe(2);
    await expect.poll(() => plane.clusters.view(clusterId).directors[0]?.state, longWait).toBe('current');
    const entries = await plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { startsWith: 'changes.' } }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action, actorName, outcome }) => [action, actorName, outcome])).toEqual([
      ['changes.apply', 'Ann', 'done'], ['changes.finish', 'Ann', 'done'],
    ]);
    expect((await plane.changes.list(clusterId, 10)).map(({ id, directors }) => [id, directors[0]?.outcome])).toEqual([[applyId, 'applied']]);
    expect((await plane.changes.list(clusterId, 10, 1)).map(({ id }) => id)).toEqual([applyId]);
    expect(await plane.changes.list(clusterId, 10, 2)).toEqual([]);
    const again = await plane.changes.plan(clusterId);
    await expect.poll(() => trafficOf(again, plane), longWait).toEqual([{ directorId, touched: 0, all: expect.any(Number) as unknown }]);
  });

  it('is refused as a whole when the plan is not the one that was reviewed', async () => {
    const { directorId } = await director();
    const { clusterId } = await created(directorId);
    const reviewed = await order(clusterId, 1);
    const other = { ...reviewed, directors: reviewed.directors.map((one) => ({ ...one, digest: 'ab'.repeat(32) })) };
    await expect(plane.changes.apply(ann, other)).rejects.toMatchObject({ code: 'planChanged' });
    await finished((await plane.changes.apply(ann, reviewed)).applyId);
    await expect(plane.changes.apply(ann, reviewed)).rejects.toMatchObject({ code: 'planChanged' });
    expect(await plane.db.apply.count({ where: { clusterId } })).toBe(1);
  });

  it('above the limit is refused until the name of the cluster is typed', async () => {
    const { directorId } = await director();
    const { services: [web], ...rest } = definitionOn(directorId);
    if (web === undefined || web.match.kind !== 'address') throw new Error('one service');
    const { match } = web;
    const services = Array.from({ length: 11 }, (_, at) => ({ ...web, id: `web-${at}`, name: `web ${at}`, match: { ...match, port: match.port + at } }));
    const { clusterId } = await plane.clusters.create(ann, { definition: { ...rest, services }, reason: '' });
    const reviewed = await order(clusterId, 1);
    const refused = { code: 'aboveLimit', params: { name: rest.name, services: 10, percent: 20 } };
    await expect(plane.changes.apply(ann, reviewed)).rejects.toMatchObject(refused);
    await expect(plane.changes.apply(ann, { ...reviewed, name: 'another' })).rejects.toMatchObject(refused);
    expect(await plane.db.apply.count({ where: { clusterId } })).toBe(0);
    await finished((await plane.changes.apply(ann, { ...reviewed, name: ` ${rest.name} ` })).applyId);
    await finished((await plane.changes.apply(ann, await order(clusterId, 1))).applyId);
  });

  it('is refused for a revision that is not the newest, for directors it does not concern, and while another runs', async () => {
    const { directorId } = await director();
    const { clusterId, definition } = await created(directorId);
    const reviewed = await order(clusterId, 1);
    await expect(plane.changes.apply(ann, { ...reviewed, directors: [{ directorId: 'other', digest: 'ab'.repeat(32), replaces: null }] }))
      .rejects.toMatchObject({ code: 'directorNotConcerned' });
    const two = await Promise.allSettled([plane.changes.apply(ann, reviewed), plane.changes.apply(bob, reviewed)]);
    const answers = two.map((one) => (one.status === 'rejected' ? String(one.reason) : 'ordered'));
    expect(answers).toContain('ordered');
    expect(answers.filter((answer) => !/ordered|applyRunning|planChanged/.test(answer))).toEqual([]);
    await plane.clusters.save(bob, { clusterId, base: 1, definition, reason: '' });
    await expect(plane.changes.apply(ann, reviewed)).rejects.toMatchObject({ code: 'staleRevision', params: { base: 1, head: 2, author: 'Bob' } });
  });

  it('is refused in words for a director that was removed since it was reviewed', async () => {
    const { directorId } = await director();
    const { clusterId } = await plane.clusters.create(ann, { definition: definitionOn(directorId), reason: '' });
    const ordered = await order(clusterId, 1);
    await plane.db.director.delete({ where: { id: directorId } });
    await expect(plane.changes.apply(ann, ordered)).rejects.toMatchObject({ code: 'noSuchDirector' });
    expect(await plane.changes.list(clusterId, 1)).toEqual([]);
    await plane.gateway.drop(directorId);
  });

  it('waits for whoever has the cluster locked', async () => {
    const { directorId } = await director();
    const { clusterId } = await created(directorId);
    const reviewed = await order(clusterId, 1);
    let locked = false;
    const holding = plane.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT "id" FROM "Cluster" WHERE "id" = ${clusterId} FOR UPDATE`;
      locked = true;
      await tx.$queryRaw`SELECT 1 AS "slept" FROM pg_sleep(6)`;
    }, { timeout: 15_000 });
    await expect.poll(() => locked, longWait).toBe(true);
    await expect(plane.changes.apply(ann, reviewed)).resolves.toHaveProperty('applyId');
    await holding;
  });

  it('that the director refuses shows the new plan', async () => {
    const agent = await startFalseAgent();
    ends.push(agent.stop);
    const { directorId } = await plane.gateway.enrol(ann, { code: agent.code, name: agent.address });
    const { clusterId } = await created(directorId);
    const plan = { replaces: null, operations: [], digest: 'ab'.repeat(32), findings: [], readAtMs: 1 };
    agent.answers['plan'] = (response) => result(response, plan);
    agent.answers['applyChange'] = (response) => result(response, { kind: 'refused', why: 'planChanged', plan: { ...plan, digest: 'cd'.repeat(32) } });
    const { applyId } = await plane.changes.apply(ann, await order(clusterId, 1));
    expect((await finished(applyId)).directors).toMatchObject([{ state: 'refused', report: null, refused: { why: 'planChanged', plan: { digest: 'cd'.repeat(32) } } }]);
  });

  it.each([
    ['rollBack', 'rolledBack', { state: 'notSent', error: { code: 'stoppedAfterFailure' } }],
    ['goOn', 'partlyApplied', { state: 'done', error: null }],
  ] as const)('on %s does with the next director what was ordered', async (onFailure, outcome, next) => {
    const fault = { code: 'limitReached' as const, message: 'no more', errno: null };
    const failing = await director(() => Promise.resolve(new FaultyForwarder(new ProxyForwarder(), { operation: ({ kind }) => (kind === 'addRealServer' ? fault : null) })));
    const other = await director();
    const { clusterId } = await created(failing.directorId, other.directorId);
    const reviewed = await order(clusterId, 1, onFailure);
    const directors = reviewed.directors.toSorted((one) => (one.directorId === failing.directorId ? -1 : 1));
    const { applyId } = await plane.changes.apply(ann, { ...reviewed, directors });
    const [first, second] = (await finished(applyId)).directors;
    expect(first?.report?.outcome.kind).toBe(outcome);
    expect(second).toMatchObject(next);
  });
});

/** Hangs at the first real server that is added. */
function hangingForwarder(): { readonly forwarder: Forwarder; readonly reached: () => boolean } {
  let hung = false;
  const operation = ({ kind }: { readonly kind: string }): 'hang' | null => {
    hung ||= kind === 'addRealServer';
    return kind === 'addRealServer' ? 'hang' : null;
  };
  return { forwarder: new FaultyForwarder(new ProxyForwarder(), { operation }), reached: () => hung };
}

describe('an agent lost in mid-apply', () => {
  it('is asked again when it is back, and says that it finished', async () => {
    const hangs = hangingForwarder();
    const { agent, directorId } = await director(() => Promise.resolve(hangs.forwarder));
    const { clusterId, url } = await created(directorId);
    const { applyId } = await plane.changes.apply(ann, await order(clusterId, 1));
    await expect.poll(hangs.reached, longWait).toBe(true);
    expect((await plane.changes.get(applyId)).directors[0]?.state).toBe('running');
    await agent.stop();
    await directorStateIs(applyId, 'unknown');
    expect((await finished(applyId)).directors[0]?.error).toMatchObject({ code: 'directorSilent' });
    await agent.start();
    await directorStateIs(applyId, 'done');
    expect((await plane.changes.get(applyId)).directors[0]?.report?.outcome.kind).toMatch(/finishedAtRestart|applied/);
    expect(await get(url)).not.toBe('');
  });

  it('that does not know the order any more leaves open what became of it, and is not asked again', async () => {
    const agent = await startFalseAgent();
    ends.push(agent.stop);
    const { directorId } = await plane.gateway.enrol(ann, { code: agent.code, name: agent.address });
    const { clusterId } = await created(directorId);
    agent.answers['plan'] = (response) => result(response, { replaces: null, operations: [], digest: 'ab'.repeat(32), findings: [], readAtMs: 1 });
    agent.answers['applyChange'] = hang;
    agent.answers['applyStatus'] = (response) => result(response, { kind: 'running' });
    const { applyId } = await plane.changes.apply(ann, await order(clusterId, 1));
    await directorStateIs(applyId, 'unknown');
    await expect.poll(() => agent.asked.filter((asked) => asked === 'applyStatus').length, longWait).toBeGreaterThan(1);
    agent.answers['applyStatus'] = (response) => response.end('garbage');
    await expect.poll(() => agent.asked.filter((asked) => asked === 'applyStatus').length, longWait).toBeGreaterThan(3);
    expect((await plane.changes.get(applyId)).directors[0]).toMatchObject({ state: 'unknown', askedAgain: true });
    agent.answers['applyStatus'] = (response) => result(response, { kind: 'unknown' });
    await expect.poll(async () => (await plane.changes.get(applyId)).directors[0], longWait)
      .toMatchObject({ state: 'unknown', askedAgain: false, error: { code: 'orderNotKnown' } });
    const asked = agent.asked.filter((one) => one === 'applyStatus').length;
    plane = await plane.restarted();
    await linkIs(plane, directorId, 'connected');
    await plane.changes.plan(clusterId);
    expect(agent.asked.filter((one) => one === 'applyStatus')).toHaveLength(asked);
  });
});

describe('a panel that ends in mid-apply', () => {
  it('asks at its next start what became of it, and sends nothing that was not sent', async () => {
    const hangs = hangingForwarder();
    const first = await director(() => Promise.resolve(hangs.forwarder));
    const second = await director();
    const { clusterId } = await created(first.directorId, second.directorId);
    const reviewed = await order(clusterId, 1, 'goOn');
    const directors = reviewed.directors.toSorted((one) => (one.directorId === first.directorId ? -1 : 1));
    const { applyId } = await plane.changes.apply(ann, { ...reviewed, directors });
    await expect.poll(hangs.reached, longWait).toBe(true);
    plane = await plane.restarted();
    const apply = await finished(applyId);
    expect(apply.directors.map(({ state, error }) => [state, error?.code])).toEqual([['unknown', undefined], ['notSent', 'applyInterrupted']]);
    expect(await plane.db.auditEntry.count({ where: { objectId: clusterId, action: 'changes.interrupt' } })).toBe(1);
    await first.agent.stop();
    await first.agent.start();
    await directorStateIs(applyId, 'done');
    await linkIs(plane, second.directorId, 'connected');
    expect((await plane.changes.plan(clusterId)).directors.find(({ directorId }) => directorId === second.directorId)?.plan?.operations).toHaveLength(3);
  });
});
