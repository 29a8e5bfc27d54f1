// Approval: who decides on a proposed revision, what is wanted meanwhile, and people who decide, save and apply at once.
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ann, bob, startTestPlane } from '../../testing/control-plane.ts';
import type { TestPlane } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { webCluster } from '../../testing/directors.ts';
import { decide } from './decide.ts';
import { saveRevision } from './save.ts';
import type { Author } from './save.ts';

let server: TestServer;
let plane: TestPlane;
let directorId: string;
const cleo: Author = { person: { id: 'cleo', name: 'Cleo' }, address: '127.0.0.1' };

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
  await plane.db.director.create({ data: { id: directorId, name: `lvs-${directorId}`, address: `${directorId}:9348`, keyHash: '00', enrolledBy: 'Ann' } });
});

const approve = (author: Author, clusterId: string, number: number) => plane.clusters.decide(author, { clusterId, number, decision: 'approved', note: 'fine' });
const reject = (author: Author, clusterId: string, number: number) => plane.clusters.decide(author, { clusterId, number, decision: 'rejected', note: 'why' });

/** A cluster with the rule, its first revision wanted and Ann's second one proposed. */
async function proposed() {
  const first = webCluster({ directorIds: [directorId] });
  const { clusterId } = await plane.clusters.create(ann, { definition: first, reason: '' });
  await plane.clusters.setApproval(bob, clusterId, true);
  const second = webCluster({ name: `${first.name} moved`, directorIds: [directorId] });
  await plane.clusters.save(ann, { clusterId, base: 1, definition: second, reason: 'moved' });
  return { clusterId, first, second };
}

async function standing(clusterId: string): Promise<{ head: number; wanted: number; name: string; keys: string[] }> {
  const { headRevisionNumber: head, wantedRevisionNumber: wanted, name } = await plane.db.cluster.findUniqueOrThrow({ where: { id: clusterId } });
  const view = plane.clusters.view(clusterId);
  expect([view.head.number, (view.wanted ?? view.head).number, view.name]).toEqual([head, wanted, name]);
  return { head, wanted, name: name ?? '', keys: (await plane.db.claim.findMany({ where: { clusterId } })).map(({ key }) => key) };
}

const keyOf = ({ vips }: ReturnType<typeof webCluster>): string => `tcp ${vips[0]?.address}:8080`;

async function actionsOn(clusterId: string): Promise<string[]> {
  return (await plane.db.auditEntry.findMany({ where: { objectId: clusterId }, orderBy: { id: 'asc' } })).map(({ action, actorName }) => `${actorName} ${action}`);
}

describe('the approval rule', () => {
  it('is set and lifted, written down each time that it changes', async () => {
    const { clusterId } = await plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId] }), reason: '' });
    expect(plane.clusters.view(clusterId)).toMatchObject({ approvalRequired: false, head: { approval: { state: 'saved' } }, wanted: null });
    for (const required of [true, true, false]) await plane.clusters.setApproval(bob, clusterId, required);
    expect(plane.clusters.view(clusterId).approvalRequired).toBe(false);
    expect(await plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: 'clusters.setApproval' }, orderBy: { id: 'asc' } })).toEqual([
      expect.objectContaining({ actorName: 'Bob', before: { approvalRequired: false }, after: { approvalRequired: true } }),
      expect.objectContaining({ actorName: 'Bob', before: { approvalRequired: true }, after: { approvalRequired: false } }),
    ]);
  });

  it('is remembered as it was written last, also by many at once', async () => {
    const { clusterId } = await plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId] }), reason: '' });
    await Promise.all([true, false, true, false, true].map((required) => plane.clusters.setApproval(bob, clusterId, required)));
    const { approvalRequired } = await plane.db.cluster.findUniqueOrThrow({ where: { id: clusterId } });
    expect(plane.clusters.view(clusterId).approvalRequired).toBe(approvalRequired);
    expect(approvalRequired).toBe(true);
  });

  it('that is lifted leaves a proposal proposed, and lets the next save be wanted', async () => {
    const { clusterId, second } = await proposed();
    await plane.clusters.setApproval(bob, clusterId, false);
    expect(await standing(clusterId)).toMatchObject({ head: 2, wanted: 1 });
    await expect(approve(ann, clusterId, 2)).rejects.toMatchObject({ code: 'ownRevision' });
    await plane.clusters.save(ann, { clusterId, base: 2, definition: second, reason: '' });
    expect(await standing(clusterId)).toEqual({ head: 3, wanted: 3, name: second.name, keys: [keyOf(second)] });
  });

  it('is not set for a cluster that there is not', async () => {
    await expect(plane.clusters.setApproval(bob, 'none', true)).rejects.toMatchObject({ code: 'noSuchCluster' });
  });
});

describe('a proposed revision', () => {
  it('is where editing begins, while name, claims and what is wanted stay', async () => {
    const { clusterId, first, second } = await proposed();
    expect(await standing(clusterId)).toEqual({ head: 2, wanted: 1, name: first.name, keys: [keyOf(first)] });
    expect(plane.clusters.view(clusterId)).toMatchObject({
      head: { number: 2, definition: second, approval: { state: 'proposed' } }, wanted: { number: 1, definition: first },
    });
    expect(plane.clusters.allWanted().find((revision) => revision.clusterId === clusterId)?.number).toBe(1);
    expect(plane.clusters.summaries().find(({ id }) => id === clusterId)).toMatchObject({ head: { number: 2, approval: { state: 'proposed' } }, wanted: 1 });
    expect((await plane.changes.plan(clusterId)).revision).toBe(1);
  });

  it('is wanted once another person approves it; who, when and why stays with it', async () => {
    const { clusterId, second } = await proposed();
    await approve(bob, clusterId, 2);
    expect(await standing(clusterId)).toEqual({ head: 2, wanted: 2, name: second.name, keys: [keyOf(second)] });
    const approval = { state: 'approved', by: 'Bob', at: expect.any(Date) as Date, note: 'fine' };
    expect(plane.clusters.view(clusterId)).toMatchObject({ head: { number: 2, approval }, wanted: null });
    expect((await plane.clusters.revisions(clusterId)).map((revision) => revision.approval)).toEqual([approval, { state: 'saved' }]);
    expect(await plane.db.auditEntry.findFirst({ where: { objectId: clusterId, action: 'clusters.approve' } })).toMatchObject({
      actorName: 'Bob', outcome: 'done', before: { wanted: 1 }, after: { wanted: 2, revision: 2, author: 'Ann', note: 'fine' },
    });
  });

  it('that is rejected is never wanted, and another begins from it', async () => {
    const { clusterId, first, second } = await proposed();
    await reject(bob, clusterId, 2);
    expect(await standing(clusterId)).toEqual({ head: 2, wanted: 1, name: first.name, keys: [keyOf(first)] });
    expect(plane.clusters.view(clusterId).head.approval).toMatchObject({ state: 'rejected', by: 'Bob', note: 'why' });
    await expect(approve(cleo, clusterId, 2)).rejects.toMatchObject({ code: 'alreadyDecided', params: { number: 2, decision: 'rejected', by: 'Bob' } });
    await plane.clusters.save(bob, { clusterId, base: 2, definition: second, reason: 'once more' });
    await approve(ann, clusterId, 3);
    expect(await standing(clusterId)).toMatchObject({ head: 3, wanted: 3 });
    expect(await actionsOn(clusterId)).toEqual([
      'Ann clusters.create', 'Bob clusters.setApproval', 'Ann clusters.save', 'Bob clusters.reject', 'Bob clusters.save', 'Ann clusters.approve',
    ]);
  });

  it('is not decided on by its author, nor twice, nor when it was approved by saving, nor when there is none', async () => {
    const { clusterId } = await proposed();
    const before = await actionsOn(clusterId);
    await expect(approve(ann, clusterId, 2)).rejects.toMatchObject({ code: 'ownRevision', params: { number: 2 } });
    await expect(reject(ann, clusterId, 2)).rejects.toMatchObject({ code: 'ownRevision' });
    await expect(approve(bob, clusterId, 1)).rejects.toMatchObject({ code: 'revisionMovedOn', params: { number: 1, head: 2, author: 'Ann' } });
    await expect(approve(bob, clusterId, 3)).rejects.toMatchObject({ code: 'noSuchRevision' });
    await expect(approve(bob, 'none', 1)).rejects.toMatchObject({ code: 'noSuchCluster' });
    const other = await plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId] }), reason: '' });
    await expect(approve(bob, other.clusterId, 1)).rejects.toMatchObject({ code: 'alreadyDecided', params: { decision: 'saved', by: 'Ann' } });
    expect(await actionsOn(clusterId)).toEqual(before);
    expect(await standing(clusterId)).toMatchObject({ head: 2, wanted: 1 });
  });

  it('may claim what another cluster has; that is told when it is looked at and when it is approved', async () => {
    const { clusterId, second } = await proposed();
    const other = await plane.clusters.create(bob, { definition: webCluster({ directorIds: [directorId], vip: second.vips[0]?.address ?? '' }), reason: '' });
    const conflict = { key: keyOf(second), cluster: plane.clusters.view(other.clusterId).name, director: `lvs-${directorId}` };
    expect((await plane.clusters.revision(clusterId, 2)).conflict).toEqual(conflict);
    await expect(approve(bob, clusterId, 2)).rejects.toMatchObject({ code: 'claimed', params: conflict });
    expect(await standing(clusterId)).toMatchObject({ head: 2, wanted: 1 });
    expect(plane.clusters.view(clusterId).head.approval).toEqual({ state: 'proposed' });
    await plane.clusters.save(bob, { clusterId: other.clusterId, base: 1, definition: webCluster({ directorIds: [directorId] }), reason: '' });
    await approve(bob, clusterId, 2);
    expect((await standing(clusterId)).keys).toEqual([keyOf(second)]);
  });

  it('may have the name of another cluster or name a director that is gone; approving tells', async () => {
    const { clusterId, second } = await proposed();
    await plane.clusters.create(bob, { definition: webCluster({ name: second.name, directorIds: [directorId] }), reason: '' });
    await expect(approve(bob, clusterId, 2)).rejects.toMatchObject({ code: 'nameTaken', params: { name: second.name } });
    await plane.db.director.delete({ where: { id: directorId } });
    await expect(approve(bob, clusterId, 2)).rejects.toMatchObject({ code: 'noSuchDirector' });
    expect(await standing(clusterId)).toMatchObject({ head: 2, wanted: 1 });
  });

  it('cannot be applied, nor an older one than what is wanted', async () => {
    const { clusterId } = await proposed();
    const order = (revision: number) => ({ clusterId, revision, directors: [{ directorId, digest: 'ab'.repeat(32), replaces: null }], onFailure: 'rollBack' as const });
    await expect(plane.changes.apply(ann, order(2))).rejects.toMatchObject({ code: 'notApproved', params: { number: 2, wanted: 1 } });
    await approve(bob, clusterId, 2);
    await expect(plane.changes.apply(ann, order(1))).rejects.toMatchObject({ code: 'staleRevision', params: { base: 1, head: 2 } });
    expect(await plane.db.apply.count({ where: { clusterId } })).toBe(0);
  });

  it('is found as it was after a restart', async () => {
    const open = await proposed();
    const rejected = await proposed();
    await reject(bob, rejected.clusterId, 2);
    const [before, then] = [open, rejected].map(({ clusterId }) => plane.clusters.standing(clusterId));
    plane = await plane.restarted();
    expect([open, rejected].map(({ clusterId }) => plane.clusters.standing(clusterId))).toEqual([before, then]);
    expect(before).toMatchObject({ approvalRequired: true, wanted: { number: 1 } });
  });
});

describe('people at once', () => {
  it('who approve get one verdict; the other is told whose', async () => {
    const { clusterId } = await proposed();
    const answers = await Promise.allSettled([approve(bob, clusterId, 2), approve(cleo, clusterId, 2)]);
    const [won, lost] = answers[0]?.status === 'fulfilled' ? ['Bob', answers[1]] : ['Cleo', answers[0]];
    expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'alreadyDecided', params: { decision: 'approved', by: won } } });
    expect(await plane.db.verdict.findMany({ where: { clusterId } })).toMatchObject([{ personName: won, decision: 'approved' }]);
    expect((await actionsOn(clusterId)).filter((action) => action.endsWith('approve'))).toEqual([`${won} clusters.approve`]);
  });

  it('who approve and reject get one verdict, and what is wanted follows it', async () => {
    const { clusterId } = await proposed();
    const [approved, rejected] = await Promise.allSettled([approve(bob, clusterId, 2), reject(cleo, clusterId, 2)]);
    expect([approved.status, rejected.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await standing(clusterId)).wanted).toBe(approved.status === 'fulfilled' ? 2 : 1);
  });

  it('who save and approve: either the approver is told that the revision moved on, or the approval came first', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { clusterId, second } = await proposed();
      const saving = round % 2 === 0 ? null : plane.clusters.save(ann, { clusterId, base: 2, definition: second, reason: 'first' });
      const approving = approve(bob, clusterId, 2);
      const [approved, saved] = await Promise.allSettled([
        approving, saving ?? plane.clusters.save(ann, { clusterId, base: 2, definition: second, reason: 'second' }),
      ]);
      expect(saved).toMatchObject({ status: 'fulfilled', value: { number: 3 } });
      const { head, wanted } = await standing(clusterId);
      expect([head, wanted]).toEqual([3, approved.status === 'fulfilled' ? 2 : 1]);
      const movedOn = { status: 'rejected', reason: { code: 'revisionMovedOn', params: { number: 2, head: 3, author: 'Ann' } } };
      expect(approved).toMatchObject(approved.status === 'fulfilled' ? { status: 'fulfilled' } : movedOn);
    }
  });

  it('who approve proposals that claim the same: one of them is wanted', async () => {
    const two = [await proposed(), await proposed()];
    const vip = webCluster({ directorIds: [directorId] });
    for (const { clusterId, second } of two) {
      await plane.clusters.save(ann, { clusterId, base: 2, definition: { ...second, vips: vip.vips, services: vip.services }, reason: '' });
    }
    const answers = await Promise.allSettled(two.map(({ clusterId }) => approve(bob, clusterId, 3)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find((answer) => answer.status === 'rejected')).toMatchObject({ reason: { code: 'claimed', params: { key: keyOf(vip) } } });
    expect(await plane.db.claim.count({ where: { key: keyOf(vip) } })).toBe(1);
  });
});

describe('what the database has and its writer was not told', () => {
  it('is found when the next save or verdict is refused', async () => {
    const { clusterId, second } = await proposed();
    await saveRevision(plane.db, ann, { clusterId, base: 2, definition: second, reason: 'unheard' });
    expect(plane.clusters.view(clusterId).head.number).toBe(2);
    await expect(plane.clusters.save(ann, { clusterId, base: 2, definition: second, reason: 'again' })).rejects.toMatchObject({ code: 'staleRevision', params: { head: 3 } });
    expect(await standing(clusterId)).toMatchObject({ head: 3, wanted: 1 });
    await decide(plane.db, bob, { clusterId, number: 3, decision: 'approved', note: 'unheard' }, second);
    expect(plane.clusters.view(clusterId).wanted?.number).toBe(1);
    await expect(approve(bob, clusterId, 3)).rejects.toMatchObject({ code: 'alreadyDecided', params: { by: 'Bob' } });
    expect(await standing(clusterId)).toMatchObject({ head: 3, wanted: 3, name: second.name });
  });
});

describe('two revisions', () => {
  it('are compared either way, and an old one comes back as a new one', async () => {
    const definition = webCluster({ directorIds: [directorId], realServers: [{ address: '10.0.0.2', port: 80 }] });
    const heavier = { ...definition, services: definition.services.map((service) => ({ ...service, realServers: service.realServers.map((one) => ({ ...one, weight: 5 })) })) };
    const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
    await plane.clusters.save(ann, { clusterId, base: 1, definition: heavier, reason: '' });
    expect(await plane.clusters.differences(clusterId, 1, 2)).toMatchObject({
      total: 1, differences: [{ object: 'realServer', service: 'web', kind: 'changed', fields: ['weight'], before: { weight: 1 }, after: { weight: 5 } }],
    });
    expect((await plane.clusters.differences(clusterId, 2, 1)).differences).toMatchObject([{ before: { weight: 5 }, after: { weight: 1 } }]);
    const old = await plane.clusters.revision(clusterId, 1);
    expect(old).toMatchObject({ number: 1, headNumber: 2, wantedNumber: 2, conflict: null });
    await plane.clusters.save(bob, { clusterId, base: 2, definition: old.definition, reason: 'back to 1' });
    expect(await plane.clusters.differences(clusterId, 1, 3)).toEqual({ total: 0, differences: [] });
    expect(plane.clusters.view(clusterId).head).toMatchObject({ number: 3, author: 'Bob', basedOn: 2, definition });
  });

  it('that there are not are named', async () => {
    const { clusterId } = await plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId] }), reason: '' });
    await expect(plane.clusters.differences(clusterId, 1, 7)).rejects.toMatchObject({ code: 'noSuchRevision', params: { number: 7 } });
    await expect(plane.clusters.revision(clusterId, 7)).rejects.toMatchObject({ code: 'noSuchRevision' });
    await expect(plane.clusters.revision('none', 1)).rejects.toMatchObject({ code: 'noSuchCluster' });
  });
});
