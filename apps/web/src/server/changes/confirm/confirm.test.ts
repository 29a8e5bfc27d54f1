// Changes that are taken back unless a person confirms them: with real agents, and panels and agents that are away in between.
import { ManualClock } from '@weir/agent/testing/clock';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import { FaultyForwarder } from '@weir/forwarder/faulty';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ann, bob, startTestPlane } from '../../testing/control-plane.ts';
import type { TestPlane } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { enrolled, linkIs, longWait, startDirector, webCluster } from '../../testing/directors.ts';
import type { TestDirector } from '../../testing/directors.ts';
import type { ApplyView } from '../change-view.ts';
import type { ApplyOrder } from '../order.ts';
import { HELD_LONGEST_MS } from './course.ts';

const wait = { ...longWait, timeout: 30_000 };
const hourMs = 3_600_000;
// Nothing here waits for one of them: they are as long as a busy machine needs.
const deadlines = { connectMs: 10_000, askMs: 15_000, planMs: 20_000, applyMs: 60_000, silenceMs: 15_000 };
// Real ones, so that the panel's and the directors' clocks agree at first.
const startMs = Date.now();

let server: TestServer;
let plane: TestPlane;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase(), { deadlines });
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});

interface Site {
  readonly clusterId: string;
  readonly directorIds: readonly string[];
  readonly agents: readonly TestDirector[];
  readonly clocks: readonly ManualClock[];
}

/** Revision 1, with a weight of 1, stands on the first director; revision 2, with a weight of 2 and no VIP of the first one's own, names all of them. */
async function site(directors = 1, openForwarder?: () => Promise<Forwarder>): Promise<Site> {
  const clocks = Array.from({ length: directors }, () => new ManualClock(startMs));
  const agents: TestDirector[] = [];
  for (const clock of clocks) {
    const agent = await startDirector(openForwarder, clock);
    ends.push(agent.remove);
    agents.push(agent);
  }
  const directorIds: string[] = [];
  for (const [at, agent] of agents.entries()) directorIds.push(await enrolled(plane, agent, `lvs-${at}-${agent.address}`));
  const first = webCluster({ directorIds: directorIds.slice(0, 1), realServers: [{ address: '127.0.8.20', port: 8080 }] });
  const { clusterId } = await plane.clusters.create(ann, { definition: first, reason: '' });
  await finished((await plane.changes.apply(ann, await order(clusterId, 1))).applyId);
  const services = first.services.map((service) => ({ ...service, realServers: service.realServers.map((one) => ({ ...one, weight: 2 })) }));
  const named = directorIds.map((directorId) => ({ directorId, dip: { ipv4: null, ipv6: null } }));
  await plane.clusters.save(ann, { clusterId, base: 1, definition: { ...first, directors: named, services }, reason: '' });
  return { clusterId, directorIds, agents, clocks };
}

/** Goes on after a failure: on this host only one director can listen at the VIP. */
async function order(clusterId: string, revision: number): Promise<ApplyOrder> {
  const plan = await plane.changes.plan(clusterId, revision);
  const directors = plan.directors.map(({ directorId, plan: planned, error }) => {
    if (error !== null) throw new Error(error.code);
    return { directorId, digest: planned.digest, replaces: planned.replaces };
  });
  return { clusterId, revision, directors, onFailure: 'goOn' };
}

async function ordered({ clusterId }: Site, more: Partial<ApplyOrder> = {}): Promise<string> {
  return (await plane.changes.apply(ann, { ...await order(clusterId, 2), confirmWithinMs: hourMs, ...more })).applyId;
}

async function finished(applyId: string): Promise<ApplyView> {
  await expect.poll(async () => (await plane.changes.get(applyId)).finishedAt, wait).not.toBeNull();
  return plane.changes.get(applyId);
}

async function confirmationsAre(applyId: string, ...confirmations: (string | null)[]): Promise<void> {
  await expect.poll(async () => (await plane.changes.get(applyId)).directors.map(({ confirmation }) => confirmation), wait).toEqual(confirmations);
}

/** Where the agent's word came through the stream. */
async function acceptedIs({ clusterId, directorIds: [directorId = ''] }: Site, revision: number): Promise<void> {
  await expect.poll(() => plane.gateway.stateNow(directorId)?.accepted.find((held) => held.clusterId === clusterId)?.revision, wait).toBe(revision);
}

async function auditOf(clusterId: string): Promise<string[]> {
  const entries = await plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { startsWith: 'changes.' } }, orderBy: { id: 'asc' } });
  return entries.map(({ action, actorName }) => `${action} ${actorName ?? 'panel'}`).slice(2);
}

/** Revision 3 wants nothing any more. */
async function takenOff({ clusterId }: Site): Promise<string> {
  const definition = await plane.clusters.definition(clusterId, 2);
  await plane.clusters.save(ann, { clusterId, base: 2, definition: { ...definition, directors: [], vips: [], services: [] }, reason: '' });
  const { applyId } = await plane.changes.apply(ann, { ...await order(clusterId, 3), confirmWithinMs: hourMs });
  await finished(applyId);
  return applyId;
}

describe('a change that waits to be confirmed', () => {
  it('is open for everybody with the time that is left, and stays once it is confirmed', async () => {
    const one = await site();
    const applyId = await ordered(one);
    expect(await finished(applyId)).toMatchObject({ confirm: { withinMs: hourMs, answer: null }, directors: [{ confirmation: 'waiting' }] });
    const open = await plane.changes.open(one.clusterId);
    expect(open).toMatchObject({ id: applyId, revision: 2, directors: [{ confirmation: 'waiting', outcome: 'applied' }] });
    expect(open?.confirm?.leftMs).toBeGreaterThan(0);
    await plane.changes.confirm(bob, { clusterId: one.clusterId, applyId });
    await confirmationsAre(applyId, 'confirmed');
    expect(await plane.changes.get(applyId)).toMatchObject({ confirm: { answer: { kind: 'confirm', by: 'Bob' } } });
    expect(await plane.changes.open(one.clusterId)).toBeNull();
    one.clocks[0]?.advance(2 * hourMs);
    await acceptedIs(one, 2);
    expect(await auditOf(one.clusterId)).toEqual(['changes.apply Ann', 'changes.finish Ann', 'changes.confirm Bob']);
    await expect(plane.changes.goBack(ann, { clusterId: one.clusterId, applyId })).rejects.toMatchObject({ code: 'answeredAlready', params: { author: 'Bob', answer: 'confirm' } });
  });

  it('keeps the next one out until it is over', async () => {
    const one = await site();
    const applyId = await ordered(one);
    await finished(applyId);
    await expect(plane.changes.apply(bob, await order(one.clusterId, 2))).rejects.toMatchObject({ code: 'changeUnconfirmed', params: { revision: 2, author: 'Ann' } });
    await plane.changes.goBack(ann, { clusterId: one.clusterId, applyId });
    await confirmationsAre(applyId, 'wentBack');
    expect((await finished((await plane.changes.apply(bob, await order(one.clusterId, 2))).applyId)).directors).toMatchObject([{ confirmation: null, report: { outcome: { kind: 'applied' } } }]);
  });

  it('goes back on order, and says what it went back to', async () => {
    const one = await site();
    const applyId = await ordered(one);
    await finished(applyId);
    await plane.changes.goBack(bob, { clusterId: one.clusterId, applyId });
    await confirmationsAre(applyId, 'wentBack');
    expect((await plane.changes.get(applyId)).directors).toMatchObject([{ wentBack: { why: 'ordered', base: 1, remainingCount: 0 }, report: { outcome: { kind: 'applied' } } }]);
    await acceptedIs(one, 1);
    expect(plane.clusters.view(one.clusterId)).toMatchObject({ head: { number: 2 }, directors: [{ acceptedRevision: 1, state: 'behind' }] });
    expect(await auditOf(one.clusterId)).toEqual(['changes.apply Ann', 'changes.finish Ann', 'changes.revertNow Bob', 'changes.wentBack panel']);
  });

  it('goes back by itself when nobody confirms, and the panel hears it', async () => {
    const one = await site();
    const applyId = await ordered(one);
    await finished(applyId);
    one.clocks[0]?.advance(hourMs);
    await confirmationsAre(applyId, 'wentBack');
    expect((await plane.changes.get(applyId)).directors).toMatchObject([{ wentBack: { why: 'notConfirmed', base: 1 } }]);
    await expect(plane.changes.confirm(ann, { clusterId: one.clusterId, applyId })).rejects.toMatchObject({ code: 'nothingToConfirm' });
    expect(await auditOf(one.clusterId)).toContain('changes.wentBack panel');
  });

  it('keeps a cluster that it takes off from being retired, for its director may have it again', async () => {
    const one = await site();
    const { clusterId } = one;
    const applyId = await takenOff(one);
    await expect.poll(() => plane.gateway.stateNow(one.directorIds[0] ?? '')?.accepted, wait).toEqual([]);
    await expect(plane.forgetting.retireCluster(ann, { clusterId, base: 3 })).rejects.toMatchObject({ code: 'clusterHeld' });
    await plane.changes.confirm(ann, { clusterId, applyId });
    await confirmationsAre(applyId, 'confirmed');
    await plane.forgetting.retireCluster(ann, { clusterId, base: 3 });
    expect(plane.clusters.view(clusterId).retired).not.toBeNull();
  });

  it('keeps it from that also for a panel that has not heard the director since it went back', async () => {
    const one = await site();
    const { clusterId, agents: [agent], clocks: [clock], directorIds: [directorId = ''] } = one;
    const applyId = await takenOff(one);
    clock?.advance(hourMs);
    await confirmationsAre(applyId, 'wentBack');
    await agent?.stop();
    await linkIs(plane, directorId, 'silent');
    plane = await plane.restarted();
    expect(plane.gateway.state(directorId)).toBeNull();
    await expect(plane.forgetting.retireCluster(ann, { clusterId, base: 3 })).rejects.toMatchObject({ code: 'clusterHeld' });
  });

  it('can be confirmed also where its report is one that the database refused', async () => {
    const one = await site();
    await plane.db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION "refuseReport"() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW."report" IS NOT NULL THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$`);
    await plane.db.$executeRawUnsafe('CREATE TRIGGER "refuseReport" BEFORE UPDATE ON "ApplyDirector" FOR EACH ROW EXECUTE FUNCTION "refuseReport"()');
    ends.push(async () => { await plane.db.$executeRawUnsafe('DROP TRIGGER "refuseReport" ON "ApplyDirector"'); });
    const applyId = await ordered(one);
    expect((await finished(applyId)).directors).toMatchObject([{ state: 'unknown', error: { code: 'applyNotWritten' }, confirmation: 'waiting' }]);
    await plane.changes.confirm(ann, { clusterId: one.clusterId, applyId });
    await confirmationsAre(applyId, 'confirmed');
  });

  it('is not made of what only restores: there is nothing that its director could go back to', async () => {
    const one = await site();
    await finished(await ordered(one, { confirmWithinMs: undefined }));
    await expect(ordered(one)).rejects.toMatchObject({ code: 'nothingToGoBackTo', params: { revision: 2 } });
    expect((await finished(await ordered(one, { confirmWithinMs: undefined }))).confirm).toBeNull();
  });

  it('waits on those directors alone that have something to go back to', async () => {
    const two = await site(2);
    const both = await order(two.clusterId, 2);
    const second = both.directors.filter(({ directorId }) => directorId === two.directorIds[1]);
    await finished((await plane.changes.apply(ann, { ...both, directors: second })).applyId);
    const applyId = await ordered(two);
    const { directors } = await finished(applyId);
    expect(new Map(directors.map(({ directorId, confirmation }) => [directorId, confirmation]))).toEqual(new Map([[two.directorIds[0], 'waiting'], [two.directorIds[1], null]]));
    await plane.changes.confirm(ann, { clusterId: two.clusterId, applyId });
  });

  it('is not known in another cluster, nor one that nobody has to confirm', async () => {
    const one = await site();
    const plain = await ordered(one, { confirmWithinMs: undefined });
    await finished(plain);
    await expect(plane.changes.confirm(ann, { clusterId: one.clusterId, applyId: plain })).rejects.toMatchObject({ code: 'nothingToConfirm' });
    await expect(plane.changes.confirm(ann, { clusterId: 'other', applyId: plain })).rejects.toMatchObject({ code: 'noSuchApply' });
    await expect(plane.changes.goOn(ann, { clusterId: one.clusterId, applyId: plain })).rejects.toMatchObject({ code: 'notHeld' });
  });
});

async function lostInMidApply() {
  let reached = false;
  const operation = ({ kind }: { readonly kind: string }): 'hang' | null => {
    reached ||= kind === 'setRealServer';
    return kind === 'setRealServer' ? 'hang' : null;
  };
  const one = await site(1, () => Promise.resolve(new FaultyForwarder(new ProxyForwarder(), { operation })));
  const [agent] = one.agents;
  const [clock] = one.clocks;
  if (agent === undefined || clock === undefined) throw new Error('there is one');
  const applyId = await ordered(one);
  await expect.poll(() => reached, wait).toBe(true);
  await agent.stop();
  expect((await finished(applyId)).directors).toMatchObject([{ state: 'unknown', confirmation: 'waiting' }]);
  return { ...one, agent, clock, applyId };
}

describe('with somebody away in between', () => {
  it('a panel that comes back shows it again, and can confirm', async () => {
    const one = await site();
    const applyId = await ordered(one);
    await finished(applyId);
    plane = await plane.restarted();
    expect(await plane.changes.open(one.clusterId)).toMatchObject({ id: applyId, directors: [{ confirmation: 'waiting' }] });
    await plane.changes.confirm(ann, { clusterId: one.clusterId, applyId });
    await confirmationsAre(applyId, 'confirmed');
  });

  it('a word that was given before the panel ended is sent after it', async () => {
    const one = await site();
    const [agent] = one.agents;
    const applyId = await ordered(one);
    await finished(applyId);
    await agent?.stop();
    await linkIs(plane, one.directorIds[0] ?? '', 'silent');
    await plane.changes.confirm(ann, { clusterId: one.clusterId, applyId });
    plane = await plane.restarted();
    await agent?.start();
    await confirmationsAre(applyId, 'confirmed');
    await acceptedIs(one, 2);
    expect(await plane.changes.open(one.clusterId)).toBeNull();
  });

  it('an agent that was lost in mid-apply goes back by itself, which everybody sees and nothing is put on top of, also after the panel\'s restart', async () => {
    const { clusterId, agent, applyId } = await lostInMidApply();
    plane = await plane.restarted();
    const open = await plane.changes.open(clusterId);
    expect(open).toMatchObject({ id: applyId, directors: [{ state: 'unknown', confirmation: 'waiting' }] });
    expect(open?.confirm?.leftMs).toBeGreaterThan(0);
    await plane.changes.goBack(bob, { clusterId, applyId });
    await agent.start();
    await confirmationsAre(applyId, 'wentBack');
    expect(await plane.changes.open(clusterId)).toBeNull();
  });

  it('an agent that was lost in mid-apply says when it is back that it waits, and hears the word', async () => {
    const { clusterId, agent, applyId } = await lostInMidApply();
    await agent.start();
    await expect.poll(async () => (await plane.changes.get(applyId)).directors, wait).toMatchObject([{ state: 'done', report: { accepted: 2 }, confirmation: 'waiting' }]);
    await plane.changes.confirm(ann, { clusterId, applyId });
    await confirmationsAre(applyId, 'confirmed');
  });

  it('and one whose time was over by then says that it went back, which is in the audit log too', async () => {
    const { clusterId, agent, clock, applyId } = await lostInMidApply();
    clock.advance(hourMs);
    await agent.start();
    await confirmationsAre(applyId, 'wentBack');
    expect((await plane.changes.get(applyId)).directors).toMatchObject([{ state: 'done', wentBack: { why: 'notConfirmed', base: 1 } }]);
    expect(await auditOf(clusterId)).toContain('changes.wentBack panel');
  });

  it('a director that went back while the panel was away says so', async () => {
    const one = await site();
    const applyId = await ordered(one);
    await finished(applyId);
    const restarting = plane.restarted();
    one.clocks[0]?.advance(hourMs);
    plane = await restarting;
    await confirmationsAre(applyId, 'wentBack');
    expect((await plane.changes.get(applyId)).confirm?.answer).toBeNull();
  });

  it('a director that cannot be reached goes back by its own clock: partly applied', async () => {
    const two = await site(2);
    const [, away] = two.agents;
    const applyId = await ordered(two);
    await finished(applyId);
    await confirmationsAre(applyId, 'waiting', 'waiting');
    const { directors } = await plane.changes.get(applyId);
    const at = directors.findIndex(({ directorId }) => directorId === two.directorIds[1]);
    await away?.stop();
    await linkIs(plane, two.directorIds[1] ?? '', 'silent');
    await plane.changes.confirm(ann, { clusterId: two.clusterId, applyId });
    await confirmationsAre(applyId, ...[0, 1].map((index) => (index === at ? 'waiting' : 'confirmed')));
    two.clocks[1]?.advance(hourMs);
    await away?.start();
    await confirmationsAre(applyId, ...[0, 1].map((index) => (index === at ? 'wentBack' : 'confirmed')));
    expect((await plane.changes.get(applyId)).directors[at]?.wentBack).toMatchObject({ why: 'notConfirmed', base: null });
  });
});

async function heldSite(confirmWithinMs?: number): Promise<Site & { readonly applyId: string }> {
  const two = await site(2);
  const applyId = await ordered(two, { firstAlone: true, confirmWithinMs });
  await expect.poll(async () => (await plane.changes.get(applyId)).held, wait).not.toBeNull();
  expect((await plane.changes.get(applyId)).directors.map(({ state }) => state)).toEqual(['done', 'waiting']);
  return { ...two, applyId };
}

describe('one director first', () => {
  it('waits for a person, who lets it go on', async () => {
    const { clusterId, applyId } = await heldSite();
    expect(await plane.changes.open(clusterId)).toMatchObject({ id: applyId, confirm: null });
    await plane.changes.goOn(bob, { clusterId, applyId });
    expect(await finished(applyId)).toMatchObject({ held: null, directors: [{ state: 'done' }, { state: 'done' }] });
    expect(await auditOf(clusterId)).toEqual(['changes.apply Ann', 'changes.goOn Bob', 'changes.finish Ann']);
  });

  it('or stops it, and the first one still waits to be confirmed', async () => {
    const { clusterId, applyId } = await heldSite(hourMs);
    await expect(plane.changes.confirm(ann, { clusterId, applyId })).rejects.toMatchObject({ code: 'applyRunning' });
    await plane.changes.stopHere(bob, { clusterId, applyId });
    expect((await finished(applyId)).directors).toMatchObject([{ state: 'done', confirmation: 'waiting' }, { state: 'notSent', error: { code: 'stoppedByPerson', params: { person: 'Bob' } } }]);
    await plane.changes.confirm(ann, { clusterId, applyId });
    await confirmationsAre(applyId, 'confirmed', null);
  });

  it('or goes back, and nothing is sent to the others', async () => {
    const { clusterId, applyId } = await heldSite(hourMs);
    await plane.changes.goBack(ann, { clusterId, applyId });
    expect((await finished(applyId)).directors[1]).toMatchObject({ state: 'notSent', error: { code: 'stoppedByPerson' } });
    await confirmationsAre(applyId, 'wentBack', null);
  });

  it('and ends where the first one goes back by itself', async () => {
    const { applyId, clocks } = await heldSite(hourMs);
    for (const clock of clocks) clock.advance(hourMs);
    expect((await finished(applyId)).directors).toMatchObject([{ confirmation: 'wentBack' }, { state: 'notSent', error: { code: 'confirmTimeOver' } }]);
  });

  it('is over where the panel ends, and the others were not sent', async () => {
    const { applyId } = await heldSite(hourMs);
    plane = await plane.restarted();
    expect(await finished(applyId)).toMatchObject({
      held: null, directors: [{ state: 'done', confirmation: 'waiting' }, { state: 'notSent', error: { code: 'heldInterrupted' } }],
    });
  });

  it('says how long it waits still; and where the panel ended meanwhile, that others were left over, until somebody orders again', async () => {
    const { clusterId, applyId } = await heldSite();
    const { held } = await plane.changes.get(applyId);
    expect(held?.leftMs).toBeGreaterThan(0);
    expect(held?.leftMs).toBeLessThanOrEqual(HELD_LONGEST_MS);
    plane = await plane.restarted();
    const { directors } = await plane.changes.get(applyId);
    expect(await plane.changes.open(clusterId)).toMatchObject({ id: applyId, leftOver: directors.slice(1).map(({ name }) => name) });
    for (const { directorId } of directors) await linkIs(plane, directorId ?? '', 'connected');
    await finished((await plane.changes.apply(bob, await order(clusterId, 2))).applyId);
    expect(await plane.changes.open(clusterId)).toBeNull();
  });

  it('leaves no word in the audit log of who came too late, or could not be written down: that one may say it again', async () => {
    const { clusterId, applyId } = await heldSite();
    await plane.db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION "refuseDecision"() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW."action" = 'changes.goOn' THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$`);
    await plane.db.$executeRawUnsafe('CREATE TRIGGER "refuseDecision" BEFORE INSERT ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION "refuseDecision"()');
    ends.push(async () => { await plane.db.$executeRawUnsafe('DROP TRIGGER IF EXISTS "refuseDecision" ON "AuditEntry"'); });
    await expect(plane.changes.goOn(bob, { clusterId, applyId })).rejects.toThrow();
    const said = await Promise.allSettled([plane.changes.stopHere(ann, { clusterId, applyId }), plane.changes.stopHere(bob, { clusterId, applyId })]);
    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { directors } = await finished(applyId);
    expect(directors[1]).toMatchObject({ state: 'notSent', error: { code: 'stoppedByPerson' } });
    const entries = await plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { in: ['changes.goOn', 'changes.stopHere'] } } });
    expect(entries).toMatchObject([{ action: 'changes.stopHere', after: { applyId, revision: 2, directors: [directors[1]?.name] } }]);
  });
});
