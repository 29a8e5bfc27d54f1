// Two clusters on one director: what work on the one shows of the other is its name, and what it can change there is nothing.
import { startHttpServer } from '@weir/lab';
import type { SampleServer } from '@weir/lab';
import type { ClusterDefinition } from '@weir/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PanelError } from '../errors.ts';
import { ann, bob, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';

let server: TestServer;
let plane: TestPlane;
let agent: TestDirector;
let realServer: SampleServer;
let directorId: string;
const [theirs, ours] = ['theirs', 'ours'];
let foreign: { clusterId: string; definition: ClusterDefinition; overrideId: string };
let own: { clusterId: string; definition: ClusterDefinition };

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
  agent = await startDirector();
  realServer = await startHttpServer({ address: ownAddress(), port: 8080 });
  directorId = await enrolled(plane, agent, 'shared');
  const onShared = (name: string): ClusterDefinition => named(webCluster({ name, directorIds: [directorId], realServers: [{ ...realServer.endpoint, weight: 100 }] }), name);
  const applied = { foreign: await apply(onShared(theirs)), own: await apply(onShared(ours)) };
  const { overrideIds: [overrideId = ''] } = await plane.overrides.set(bob, {
    clusterId: applied.foreign.clusterId, target: { kind: 'realServer', serviceId: `${theirs}-service`, realServerId: `${theirs}-server` },
    effect: { kind: 'weight', weight: 7 }, reason: `reason of ${theirs}`, endsAtMs: null,
  });
  foreign = { ...applied.foreign, overrideId };
  ({ own } = applied);
}, 60_000);
afterAll(async () => {
  await agent.remove();
  await plane.close();
  await realServer.stop();
  await server.remove();
});

/** With ids and names that can be found in an answer. */
function named(definition: ClusterDefinition, name: string): ClusterDefinition {
  return {
    ...definition,
    services: definition.services.map((service) => ({
      ...service, id: `${name}-service`, name: `service of ${name}`,
      realServers: service.realServers.map((one) => ({ ...one, id: `${name}-server`, name: `server of ${name}` })),
    })),
  };
}

async function apply(definition: ClusterDefinition): Promise<{ clusterId: string; definition: ClusterDefinition }> {
  const { clusterId, number } = await plane.clusters.create(ann, { definition, reason: '' });
  const { directors } = await plane.changes.plan(clusterId, number);
  const reviewed = directors.flatMap(({ plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  const { applyId } = await plane.changes.apply(ann, { clusterId, revision: number, directors: reviewed, onFailure: 'rollBack' });
  await vi.waitFor(async () => expect((await plane.changes.get(applyId)).finishedAt).not.toBeNull(), longWait);
  await vi.waitFor(() => expect(plane.clusters.view(clusterId).directors.map(({ state }) => state)).toEqual(['current']), longWait);
  return { clusterId, definition };
}

const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await call.then(() => null, (thrown: unknown) => thrown);
  return error instanceof PanelError ? { code: error.code, params: error.params } : error;
};

/** The other cluster's virtual address, and every name, id and reason in it. */
function foreignDetail(answer: unknown): string[] {
  const text = JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return [...foreign.definition.vips.map(({ address }) => address), 'theirs', foreign.overrideId].filter((detail) => text.includes(detail));
}

describe('a director that two clusters share', () => {
  it('shows nothing of the other one in plans, applies, overrides and standings', async () => {
    const [last] = await plane.changes.list(own.clusterId, 1);
    const answers = {
      plan: await plane.changes.plan(own.clusterId),
      applied: await plane.changes.get(last?.id ?? ''),
      overrides: await plane.overrides.list(own.clusterId),
      view: plane.clusters.view(own.clusterId),
      revisions: await plane.clusters.revisions(own.clusterId),
      directors: plane.gateway.directors(),
    };
    expect(answers.overrides).toMatchObject([{ directorId, overrides: [] }]);
    for (const [name, answer] of Object.entries(answers)) expect([name, foreignDetail(answer)]).toEqual([name, []]);
  });

  it('names the cluster that has a virtual address, and says no more of it', async () => {
    const [vip] = foreign.definition.vips;
    const services = own.definition.services.map((service) => ({ ...service, match: foreign.definition.services[0]?.match ?? service.match }));
    const definition = { ...own.definition, vips: foreign.definition.vips, services };
    const params = { key: `tcp ${vip?.address}:8080`, cluster: theirs, director: 'shared' };
    expect(await refusalOf(plane.clusters.save(ann, { clusterId: own.clusterId, base: 1, definition, reason: '' }))).toEqual({ code: 'claimed', params });
    await plane.clusters.setApproval(ann, own.clusterId, true);
    const { number } = await plane.clusters.save(ann, { clusterId: own.clusterId, base: 1, definition, reason: '' });
    expect((await plane.clusters.revision(own.clusterId, number)).conflict).toEqual(params);
  });

  it('lets nobody reach an override of the other one', async () => {
    const { overrides } = plane;
    const { clusterId } = own;
    const { overrideId } = foreign;
    const absent = { code: 'noSuchOverride', params: {} };
    expect(await refusalOf(overrides.end(ann, { clusterId, overrideIds: [overrideId] }))).toEqual(absent);
    expect(await refusalOf(overrides.setThere(ann, { clusterId, overrideId, directorId }))).toEqual(absent);
    expect(await refusalOf(overrides.keep(ann, { clusterId, overrideId, base: 1, reason: '' }))).toEqual(absent);
    const target = { kind: 'realServer', serviceId: `${theirs}-service`, realServerId: `${theirs}-server` } as const;
    expect(await refusalOf(overrides.set(ann, { clusterId, target, effect: { kind: 'quiesce' }, reason: '', endsAtMs: null }))).toMatchObject({ code: 'noSuchRealServer' });
  });

  it('takes a host into maintenance for the cluster it was ordered for alone', async () => {
    const { clusterId } = own;
    await plane.overrides.set(ann, { clusterId, target: { kind: 'host', rip: realServer.endpoint.address }, effect: { kind: 'maintenance' }, reason: 'disks', endsAtMs: null });
    await expect.poll(async () => (await plane.overrides.list(clusterId))[0]?.overrides?.length, longWait).toBe(1);
    const [held] = await plane.overrides.list(foreign.clusterId);
    expect(held?.overrides?.map(({ override }) => override.id)).toEqual([foreign.overrideId]);
  });
});
