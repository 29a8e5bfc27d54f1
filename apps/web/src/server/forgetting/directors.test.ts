// The ends of a director: renamed, removed while it answers, forgotten while it does not; with real agents that forward on.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ann, bob, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { applied } from '../testing/applied.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';

let server: TestServer;
let plane: TestPlane;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});

interface Enrolled {
  readonly agent: TestDirector;
  readonly directorId: string;
  readonly name: string;
}

let count = 0;

async function director(): Promise<Enrolled> {
  const agent = await startDirector();
  ends.push(agent.remove);
  count += 1;
  const name = `lvs-${count}`;
  return { agent, name, directorId: await enrolled(plane, agent, name) };
}

/** Applied there. */
async function clusterOn(directorId: string): Promise<{ clusterId: string; name: string; vip: string }> {
  const definition = webCluster({ directorIds: [directorId] });
  const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
  await applied(plane, clusterId);
  await expect.poll(() => plane.gateway.director(directorId)?.accepted?.length, longWait).toBe(1);
  return { clusterId, name: definition.name, vip: definition.vips[0]?.address ?? '' };
}

/** The next revision names the director no more. */
async function withdrawn(clusterId: string): Promise<void> {
  const { head } = plane.clusters.standing(clusterId);
  const nothing = { ...head.definition, directors: [], vips: [], services: [] };
  await plane.clusters.save(ann, { clusterId, base: head.number, definition: nothing, reason: 'over' });
}

const audited = (objectId: string, action: string) => plane.db.auditEntry.findMany({ where: { objectId, action } });
const { rename, remove, forget } = {
  rename: (directorId: string, name: string) => plane.gateway.rename(ann, { directorId, name }),
  remove: (directorId: string) => plane.forgetting.removeDirector(ann, directorId),
  forget: (directorId: string, name: string, author = ann) => plane.forgetting.forgetDirector(author, { directorId, name }),
};

describe('a director that is renamed', () => {
  it('has its new name everywhere at once, and its link stays', async () => {
    const { directorId, name, agent } = await director();
    await rename(directorId, `${name}-new`);
    expect(plane.gateway.director(directorId)).toMatchObject({ name: `${name}-new`, link: { state: 'connected' } });
    expect(await audited(directorId, 'directors.rename')).toMatchObject([{ before: { name }, after: { name: `${name}-new` }, actorName: 'Ann' }]);
    await agent.stop();
    await expect(plane.gateway.client(directorId).hello()).rejects.toMatchObject({ params: { director: `${name}-new` } });
  });

  it('takes no name that another one has, and none of a director that is not there', async () => {
    const [one, other] = [await director(), await director()];
    await expect(rename(one.directorId, other.name)).rejects.toMatchObject({ code: 'directorNameTaken', params: { name: other.name } });
    await expect(rename('nobody', 'lvs-x')).rejects.toMatchObject({ code: 'noSuchDirector' });
    await rename(one.directorId, one.name);
    expect(await audited(one.directorId, 'directors.rename')).toEqual([]);
  });
});

describe('a director that answers', () => {
  it('is removed once it holds nothing, and obeys this panel no more', async () => {
    const { directorId, agent, name } = await director();
    const cluster = await clusterOn(directorId);
    await expect(remove(directorId)).rejects.toMatchObject({ code: 'directorHolds', params: { director: name, clusters: cluster.name } });
    await withdrawn(cluster.clusterId);
    await expect(remove(directorId)).rejects.toMatchObject({ code: 'directorHolds' });
    await applied(plane, cluster.clusterId);
    await remove(directorId);
    expect(plane.gateway.director(directorId)).toBeNull();
    expect(await audited(directorId, 'directors.remove')).toMatchObject([{ objectName: name, before: { address: agent.address }, after: { released: true }, outcome: 'done' }]);
    // Without --reset: it is bound to nobody.
    await enrolled(plane, agent, name);
  });

  it('is not removed while the wanted revision of a cluster names it', async () => {
    const { directorId, name } = await director();
    const definition = webCluster({ directorIds: [directorId] });
    await plane.clusters.create(ann, { definition, reason: '' });
    await expect(remove(directorId)).rejects.toMatchObject({ code: 'directorNamed', params: { director: name, clusters: definition.name } });
    await expect(plane.gateway.client(directorId).hello()).resolves.toMatchObject({ directorId });
  });

  it('cannot be forgotten', async () => {
    const { directorId, name } = await director();
    await expect(forget(directorId, name)).rejects.toMatchObject({ code: 'stillAnswers', params: { directors: name } });
    expect(await audited(directorId, 'directors.forget')).toEqual([]);
  });

  it('is not removed for a cluster that is saved with it at the same moment', async () => {
    const { directorId } = await director();
    const definition = webCluster({ directorIds: [directorId] });
    const [removal, save] = await Promise.allSettled([remove(directorId), plane.clusters.create(ann, { definition, reason: '' })]);
    expect([removal.status, save.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await plane.db.claim.count({ where: { directorId } })).toBe(save.status === 'fulfilled' ? 1 : 0);
  });
});

describe('a director that does not answer', () => {
  it('cannot be removed', async () => {
    const { directorId, agent } = await director();
    await agent.stop();
    await expect(remove(directorId)).rejects.toMatchObject({ code: 'directorSilent' });
  });

  it('is forgotten by its name alone, by one of two at once, and not while a cluster wants it', async () => {
    const { directorId, agent, name } = await director();
    const cluster = await clusterOn(directorId);
    await agent.stop();
    await linkIs(plane, directorId, 'silent');
    await expect(forget(directorId, `${name}x`)).rejects.toMatchObject({ code: 'nameDiffers', params: { name } });
    await expect(forget(directorId, name)).rejects.toMatchObject({ code: 'directorNamed', params: { clusters: cluster.name } });
    expect(await plane.forgetting.ofDirector(directorId)).toMatchObject({ namedBy: [{ clusterId: cluster.clusterId, cluster: cluster.name }] });
    await withdrawn(cluster.clusterId);
    const both = await Promise.allSettled([forget(directorId, name), forget(directorId, name, bob)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'noSuchDirector' } });
    await expect(forget(directorId, name)).rejects.toMatchObject({ code: 'noSuchDirector' });
    expect(await audited(directorId, 'directors.forget')).toMatchObject([{
      objectName: name,
      after: {
        mayStillHold: [{ clusterId: cluster.clusterId, cluster: cluster.name, revision: 1, how: 'accepted' }],
        mayStillForward: { count: 1, services: [`tcp ${cluster.vip}:8080`] },
      },
    }]);
  });

  it('is listed with what it holds, also by a panel that was restarted meanwhile', async () => {
    const { directorId, agent, name } = await director();
    const cluster = await clusterOn(directorId);
    await agent.stop();
    const expected = {
      name, endsWithAgent: true, namedBy: [{ cluster: cluster.name }],
      held: [{ clusterId: cluster.clusterId, cluster: cluster.name, revision: 1, how: 'accepted', known: true }],
      services: [{ key: `tcp ${cluster.vip}:8080`, cluster: cluster.name, command: null }],
    };
    expect(await plane.forgetting.ofDirector(directorId)).toMatchObject({ ...expected, driver: 'proxy' });
    plane = await plane.restarted();
    expect(await plane.forgetting.ofDirector(directorId)).toMatchObject({ ...expected, driver: null, measuredAt: null });
  });

  it('comes back as it was: it forwards on, and enrolled again it shows what it holds', async () => {
    const { directorId, agent, name } = await director();
    const cluster = await clusterOn(directorId);
    await agent.stop();
    await linkIs(plane, directorId, 'silent');
    await withdrawn(cluster.clusterId);
    await forget(directorId, name);
    expect(plane.clusters.view(cluster.clusterId).directors).toEqual([]);
    await agent.start();
    await expect(plane.gateway.enrol(ann, { code: await agent.code({ reset: true }), name })).resolves.toHaveProperty('directorId');
    const again = plane.gateway.directors().find((each) => each.name === name)?.id ?? '';
    expect(again).not.toBe(directorId);
    await expect.poll(() => plane.clusters.view(cluster.clusterId).directors, longWait)
      .toMatchObject([{ directorId: again, acceptedRevision: 1, state: 'leaving' }]);
    const { directors } = await applied(plane, cluster.clusterId);
    expect(directors).toMatchObject([{ report: { outcome: { kind: 'applied' }, accepted: null } }]);
    await remove(again);
  });
});
