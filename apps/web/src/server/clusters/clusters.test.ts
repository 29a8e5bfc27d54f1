// Saving clusters: on a real PostgreSQL, with people who save at once and clusters that want the same.
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ann, bob, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { ownAddress, webCluster } from '../testing/directors.ts';

let server: TestServer;
let plane: TestPlane;
let directorId: string;
let directorName: string;

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});
beforeEach(async () => {
  directorId = nanoid();
  directorName = `lvs-${directorId}`;
  await plane.db.director.create({ data: { id: directorId, name: directorName, address: `${directorId}:9348`, keyHash: '00', enrolledBy: 'Ann' } });
});

async function saved(): Promise<{ clusterId: string; definition: ReturnType<typeof webCluster> }> {
  const definition = webCluster({ directorIds: [directorId] });
  const { clusterId } = await plane.clusters.create(ann, { definition, reason: 'first' });
  return { clusterId, definition };
}

describe('a cluster', () => {
  it('is created with its first revision, its claims and an audit entry', async () => {
    const { clusterId, definition } = await saved();
    expect(plane.clusters.view(clusterId)).toMatchObject({
      name: definition.name, head: { number: 1, author: 'Ann', reason: 'first', basedOn: null, definition },
    });
    expect(await plane.db.claim.findMany({ where: { clusterId } })).toEqual([
      { clusterId, directorId, serviceId: 'web', key: `tcp ${definition.vips[0]?.address}:8080` },
    ]);
    expect(await plane.db.auditEntry.findMany({ where: { objectId: clusterId } })).toEqual([
      expect.objectContaining({ action: 'clusters.create', actorName: 'Ann', objectName: definition.name, outcome: 'done', after: { revision: 1, reason: 'first' } }),
    ]);
  });

  it('gets revisions whose claims follow the newest', async () => {
    const { clusterId, definition } = await saved();
    const moved = webCluster({ name: `${definition.name} moved`, directorIds: [directorId] });
    expect(await plane.clusters.save(bob, { clusterId, base: 1, definition: moved, reason: 'moved' })).toEqual({ number: 2, draftStays: false });
    expect((await plane.clusters.revisions(clusterId)).map(({ number, author, basedOn }) => [number, author, basedOn])).toEqual([[2, 'Bob', 1], [1, 'Ann', null]]);
    expect((await plane.db.claim.findMany({ where: { clusterId } })).map(({ key }) => key)).toEqual([`tcp ${moved.vips[0]?.address}:8080`]);
    expect(plane.clusters.view(clusterId).name).toBe(moved.name);
    await plane.clusters.create(bob, { definition: { ...definition }, reason: 'the old address is free again' });
  });

  it('is found with its newest revision after a restart', async () => {
    const { clusterId, definition } = await saved();
    await plane.clusters.save(bob, { clusterId, base: 1, definition, reason: 'again' });
    plane = await plane.restarted();
    expect(plane.clusters.view(clusterId)).toMatchObject({ name: definition.name, head: { number: 2, author: 'Bob', definition } });
  });

  it('is saved by one of two who began from the same revision; the other is told who was first', async () => {
    const { clusterId, definition } = await saved();
    const save = (author: typeof ann, reason: string) => plane.clusters.save(author, { clusterId, base: 1, definition, reason });
    const answers = await Promise.allSettled([save(ann, 'from Ann'), save(bob, 'from Bob')]);
    const [won, lost] = answers[0]?.status === 'fulfilled' ? ['Ann', answers[1]] : ['Bob', answers[0]];
    expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'staleRevision', params: { base: 1, head: 2, author: won } } });
    expect((await plane.clusters.revisions(clusterId)).map(({ author }) => author)).toEqual([won, 'Ann']);
    expect(await plane.db.auditEntry.count({ where: { objectId: clusterId } })).toBe(2);
  });

  it('has a name that no other has, when created and when renamed', async () => {
    const { definition } = await saved();
    const other = await saved();
    const renamed = { ...other.definition, name: definition.name };
    await expect(plane.clusters.create(ann, { definition: webCluster({ name: definition.name, directorIds: [directorId] }), reason: '' }))
      .rejects.toMatchObject({ code: 'nameTaken', params: { name: definition.name } });
    await expect(plane.clusters.save(ann, { clusterId: other.clusterId, base: 1, definition: renamed, reason: '' }))
      .rejects.toMatchObject({ code: 'nameTaken', params: { name: definition.name } });
    expect(await plane.clusters.revisions(other.clusterId)).toHaveLength(1);
  });
});

describe('a definition', () => {
  it('that claims what another cluster has is refused, and the other is named', async () => {
    const { definition } = await saved();
    const vip = definition.vips[0]?.address ?? '';
    const refusal = { code: 'claimed', params: { key: `tcp ${vip}:8080`, cluster: definition.name, director: directorName } };
    const before = await plane.db.cluster.count();
    await expect(plane.clusters.create(bob, { definition: webCluster({ directorIds: [directorId], vip }), reason: '' })).rejects.toMatchObject(refusal);
    expect(await plane.db.cluster.count()).toBe(before);
    const other = await saved();
    await expect(plane.clusters.save(bob, { clusterId: other.clusterId, base: 1, definition: { ...other.definition, vips: definition.vips, services: definition.services }, reason: '' }))
      .rejects.toMatchObject(refusal);
    expect(await plane.clusters.revisions(other.clusterId)).toHaveLength(1);
  });

  it('is given to one of two that claim the same at once', async () => {
    const vip = ownAddress();
    const create = () => plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId], vip }), reason: '' });
    const answers = await Promise.allSettled([create(), create(), create(), create()]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    expect(refusals).toMatchObject(refusals.map(() => ({ code: 'claimed', params: { key: `tcp ${vip}:8080` } })));
    expect(await plane.db.claim.count({ where: { key: `tcp ${vip}:8080` } })).toBe(1);
  });

  it('with a lint error is refused; with a warning it is not', async () => {
    const definition = webCluster({ directorIds: [directorId] });
    const [service] = definition.services;
    const twice = { ...definition, services: [...definition.services, ...(service === undefined ? [] : [{ ...service, id: 'web2' }])] };
    await expect(plane.clusters.create(ann, { definition: twice, reason: '' })).rejects.toMatchObject({ code: 'lintErrors' });
    const unused = { ...definition, vips: [...definition.vips, { address: ownAddress(), holder: null }] };
    await expect(plane.clusters.create(ann, { definition: unused, reason: '' })).resolves.toMatchObject({ number: 1 });
  });

  it('names directors that there are', async () => {
    await expect(plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId, 'nobody'] }), reason: '' }))
      .rejects.toMatchObject({ code: 'noSuchDirector', params: { director: 'nobody' } });
  });

  it('is not saved to a cluster that there is not', async () => {
    await expect(plane.clusters.save(ann, { clusterId: 'none', base: 1, definition: webCluster({ directorIds: [directorId] }), reason: '' }))
      .rejects.toMatchObject({ code: 'noSuchCluster' });
  });
});
