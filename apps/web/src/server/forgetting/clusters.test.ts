// The ends of a cluster: retired when every director has given it up, forgotten when one that may hold it does not answer.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { applied } from '../testing/applied.ts';
import { ann, bob, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';

let server: TestServer;
let plane: TestPlane;
let agents: TestDirector[];
let directorIds: string[];
const names = ['lvs-a', 'lvs-b'];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
  agents = [await startDirector(), await startDirector()];
  directorIds = [];
  for (const [index, agent] of agents.entries()) directorIds.push(await enrolled(plane, agent, names[index]));
}, 60_000);
afterEach(async () => {
  // Whatever a test stopped goes on, and gives up what it holds.
  for (const [index, id] of directorIds.entries()) if (plane.gateway.director(id)?.link.state !== 'connected') await agents[index]?.start().catch(() => undefined);
  for (const id of directorIds) await linkIs(plane, id, 'connected');
});
afterAll(async () => {
  await plane.close();
  for (const agent of agents) await agent.remove();
  await server.remove();
});

interface Made {
  readonly clusterId: string;
  readonly definition: ReturnType<typeof webCluster>;
}

async function made(): Promise<Made> {
  const definition = webCluster({ directorIds });
  const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
  await applied(plane, clusterId);
  return { clusterId, definition };
}

async function withdrawn({ clusterId, definition }: Made): Promise<void> {
  const { head } = plane.clusters.standing(clusterId);
  await plane.clusters.save(ann, { clusterId, base: head.number, definition: { ...definition, directors: [], vips: [], services: [] }, reason: 'over' });
}

const retire = (clusterId: string, base = 2, author = ann) => plane.forgetting.retireCluster(author, { clusterId, base });
const forget = (clusterId: string, name: string, base = 2) => plane.forgetting.forgetCluster(ann, { clusterId, base, name });
const listed = (clusterId: string) => plane.clusters.summaries().some(({ id }) => id === clusterId);

async function stopped(index: number): Promise<void> {
  await agents[index]?.stop();
  await linkIs(plane, directorIds[index] ?? '', 'silent');
}

describe('a cluster that wants nothing more', () => {
  it('is a revision like any other, and frees its claims; a new cluster cannot begin so', async () => {
    const cluster = await made();
    await withdrawn(cluster);
    expect(await plane.db.claim.count({ where: { clusterId: cluster.clusterId } })).toBe(0);
    const { directors } = await plane.changes.plan(cluster.clusterId);
    // On one host only the first of two proxies gets the address.
    expect(directors).toMatchObject(names.map((name) => ({ name, leaving: true, error: null })));
    expect(directors[0]?.plan?.operations).toMatchObject([{ operation: { kind: 'removeService' } }]);
    const nothing = { ...cluster.definition, name: 'nothing', directors: [], vips: [], services: [] };
    await expect(plane.clusters.create(ann, { definition: nothing, reason: '' })).rejects.toMatchObject({ code: 'lintErrors' });
    await expect(plane.clusters.save(ann, { clusterId: cluster.clusterId, base: 2, definition: { ...cluster.definition, directors: [] }, reason: '' }))
      .rejects.toMatchObject({ code: 'lintErrors' });
  });

  it('needs approval where the rule asks for it', async () => {
    const definition = webCluster({ directorIds });
    const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
    await plane.clusters.setApproval(bob, clusterId, true);
    await withdrawn({ clusterId, definition });
    await expect(retire(clusterId)).rejects.toMatchObject({ code: 'notApproved' });
    await plane.clusters.decide(bob, { clusterId, number: 2, decision: 'approved', note: '' });
    await retire(clusterId);
  });
});

describe('retiring a cluster', () => {
  it('waits until it is wanted nowhere and every director has confirmed that it gave it up', async () => {
    const cluster = await made();
    await expect(retire(cluster.clusterId, 1)).rejects.toMatchObject({ code: 'clusterHeld' });
    await withdrawn(cluster);
    await expect(retire(cluster.clusterId)).rejects.toMatchObject({ code: 'clusterHeld', params: { directors: 'lvs-a, lvs-b' } });
    await applied(plane, cluster.clusterId);
    await expect.poll(() => plane.gateway.directors().flatMap(({ accepted }) => accepted ?? []).some(({ clusterId }) => clusterId === cluster.clusterId), longWait).toBe(false);
    await expect(retire(cluster.clusterId, 1)).rejects.toMatchObject({ code: 'staleRevision' });
    await expect(retire('nowhere')).rejects.toMatchObject({ code: 'noSuchCluster' });
    await retire(cluster.clusterId);
    expect(listed(cluster.clusterId)).toBe(false);
    expect(plane.clusters.view(cluster.clusterId)).toMatchObject({ name: cluster.definition.name, retired: { by: 'Ann', leftOn: [] } });
    expect(await plane.db.auditEntry.findMany({ where: { objectId: cluster.clusterId, action: 'clusters.retire' } }))
      .toMatchObject([{ objectName: cluster.definition.name, after: { confirmedOff: true } }]);
  });

  it('keeps revisions, ends all changes, and leaves the name to another', async () => {
    const cluster = await made();
    await withdrawn(cluster);
    await applied(plane, cluster.clusterId);
    const both = await Promise.allSettled([retire(cluster.clusterId), retire(cluster.clusterId, 2, bob)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const retired = { code: 'clusterRetired', params: { cluster: cluster.definition.name } };
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: retired });
    expect((await plane.clusters.revisions(cluster.clusterId)).map(({ number }) => number)).toEqual([2, 1]);
    await expect(plane.clusters.save(ann, { clusterId: cluster.clusterId, base: 2, definition: cluster.definition, reason: '' })).rejects.toMatchObject(retired);
    await expect(plane.clusters.setApproval(ann, cluster.clusterId, true)).rejects.toMatchObject(retired);
    await plane.clusters.create(bob, { definition: cluster.definition, reason: 'the same again' });
    plane = await plane.restarted();
    for (const id of directorIds) await linkIs(plane, id, 'connected');
    expect(listed(cluster.clusterId)).toBe(false);
    expect(plane.clusters.view(cluster.clusterId)).toMatchObject({ name: cluster.definition.name, retired: { by: expect.stringMatching(/Ann|Bob/) as string } });
    expect(await plane.clusters.retired()).toEqual(expect.arrayContaining([expect.objectContaining({ id: cluster.clusterId, name: cluster.definition.name })]));
  });

  it('a cluster that was never applied needs nobody\'s confirmation', async () => {
    const definition = webCluster({ directorIds });
    const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
    await expect(retire(clusterId, 1)).rejects.toMatchObject({ code: 'clusterWanted', params: { cluster: definition.name } });
    await withdrawn({ clusterId, definition });
    await retire(clusterId);
    expect(listed(clusterId)).toBe(false);
  });
});

describe('forgetting a cluster', () => {
  it('is refused while one of its directors answers, and under another name', async () => {
    const cluster = await made();
    await withdrawn(cluster);
    await expect(forget(cluster.clusterId, cluster.definition.name)).rejects.toMatchObject({ code: 'stillAnswers', params: { directors: 'lvs-a, lvs-b' } });
    await stopped(1);
    await expect(forget(cluster.clusterId, cluster.definition.name)).rejects.toMatchObject({ code: 'stillAnswers', params: { directors: 'lvs-a' } });
    await expect(forget(cluster.clusterId, 'another')).rejects.toMatchObject({ code: 'nameDiffers' });
  });

  it('says where it may be forwarded still, and takes it off there when the director is back', async () => {
    const cluster = await made();
    const { clusterId } = cluster;
    await stopped(1);
    await withdrawn(cluster);
    await applied(plane, clusterId);
    await expect(retire(clusterId)).rejects.toMatchObject({ code: 'clusterHeld', params: { directors: 'lvs-b' } });
    expect(await plane.forgetting.holdersOf(clusterId)).toEqual([{ directorId: directorIds[1], name: 'lvs-b', link: 'silent' }]);
    const { directors } = await plane.forgetting.ofCluster(clusterId);
    expect(directors).toMatchObject([{ name: 'lvs-b', services: [{ cluster: cluster.definition.name, realServers: [] }], others: [] }]);
    await forget(clusterId, cluster.definition.name);
    const leftOn = [{ directorId: directorIds[1], director: 'lvs-b', revisions: [1] }];
    expect(plane.clusters.view(clusterId).retired).toMatchObject({ by: 'Ann', leftOn });
    expect(await plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { in: ['clusters.forget', 'clusters.retire'] } } }))
      .toMatchObject([{ action: 'clusters.forget', after: { mayStillForwardOn: leftOn } }]);

    plane = await plane.restarted();
    expect((await plane.forgetting.holdersOf(clusterId)).map(({ name }) => name)).toEqual(['lvs-b']);
    expect((await plane.changes.plan(clusterId)).directors).toMatchObject([{ name: 'lvs-b', leaving: true, error: { code: 'directorSilent' } }]);
    await agents[1]?.start();
    await linkIs(plane, directorIds[1] ?? '', 'connected');
    await expect.poll(() => plane.clusters.view(clusterId).directors.length, longWait).toBe(1);
    expect(listed(clusterId)).toBe(false);
    expect(plane.clusters.view(clusterId).directors).toMatchObject([{ name: 'lvs-b', acceptedRevision: 1, state: 'leaving' }]);
    const { directors: [report] } = await applied(plane, clusterId);
    expect(report).toMatchObject({ name: 'lvs-b', report: { outcome: { kind: 'applied' }, accepted: null } });
    expect(plane.clusters.view(clusterId).directors).toEqual([]);
  });
});

/** On its one director, which does not answer and is forgotten. */
async function forgottenWith(): Promise<{ agent: TestDirector; clusterId: string; directorId: string }> {
  const agent = await startDirector();
  const directorId = await enrolled(plane, agent, 'lvs-c');
  const definition = webCluster({ directorIds: [directorId] });
  const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
  await applied(plane, clusterId);
  await withdrawn({ clusterId, definition });
  await agent.stop();
  await linkIs(plane, directorId, 'silent');
  await plane.forgetting.forgetDirector(ann, { directorId, name: 'lvs-c' });
  return { agent, clusterId, directorId };
}

describe('a cluster that a forgotten director held', () => {
  it('is never said to be off there: nobody has confirmed it', async () => {
    const { agent, clusterId, directorId } = await forgottenWith();
    expect(await plane.forgetting.holdersOf(clusterId)).toEqual([{ directorId, name: 'lvs-c', link: null }]);
    await retire(clusterId);
    const leftOn = [{ directorId, director: 'lvs-c', revisions: [1] }];
    expect(plane.clusters.view(clusterId).retired).toMatchObject({ leftOn });
    expect(await plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { in: ['clusters.forget', 'clusters.retire'] } } }))
      .toMatchObject([{ action: 'clusters.forget', after: { mayStillForwardOn: leftOn } }]);
    await agent.remove();
  });

  it('is asked about again where its host is enrolled again', async () => {
    const { agent, clusterId } = await forgottenWith();
    await agent.start();
    const { directorId } = await plane.gateway.enrol(ann, { code: await agent.code({ reset: true }), name: 'lvs-c' });
    await linkIs(plane, directorId, 'connected');
    await expect.poll(() => plane.forgetting.holdersOf(clusterId), longWait).toEqual([{ directorId, name: 'lvs-c', link: 'connected' }]);
    await applied(plane, clusterId);
    await expect.poll(() => plane.forgetting.holdersOf(clusterId), longWait).toEqual([]);
    await plane.forgetting.removeDirector(ann, directorId);
    await retire(clusterId);
    expect(plane.clusters.view(clusterId).retired).toMatchObject({ leftOn: [] });
    await agent.remove();
  });
});

it('what an order may have brought about counts until the director has said what became of it', async () => {
  const cluster = await made();
  const [, silent = ''] = directorIds;
  await stopped(1);
  await plane.clusters.save(ann, { clusterId: cluster.clusterId, base: 1, definition: cluster.definition, reason: 'again' });
  const { directors } = await plane.changes.list(cluster.clusterId, 1).then(([last]) => plane.changes.get(last?.id ?? ''));
  const plan = { replaces: 1, operations: directors[0]?.planned ?? [], digest: '0'.repeat(64), findings: [], readAtMs: 0 };
  await plane.db.apply.create({
    data: {
      id: `lost-${cluster.clusterId}`, clusterId: cluster.clusterId, revisionNumber: 2, onFailure: 'goOn', authorId: 'ann', authorName: 'Ann', finishedAt: new Date(),
      directors: { create: { id: `lost-${cluster.clusterId}`, directorId: silent, directorName: 'lvs-b', position: 0, digest: plan.digest, plan: { ...plan, operations: [] }, sentAt: new Date(), outcome: 'unknown' } },
    },
  });
  expect((await plane.forgetting.ofDirector(silent)).held.filter(({ clusterId }) => clusterId === cluster.clusterId).map(({ revision, how }) => [revision, how]))
    .toEqual([[1, 'accepted'], [2, 'ordered']]);
});
