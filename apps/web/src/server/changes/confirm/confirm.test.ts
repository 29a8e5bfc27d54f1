// Changes that are taken back unless a person confirms them: with real agents, and panels and agents that are away in between.
import { ProxyForwarder } from '@weir/forwarder';
import { FaultyForwarder } from '@weir/forwarder/faulty';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ann, bob } from '../../testing/control-plane.ts';
import { linkIs, webCluster } from '../../testing/directors.ts';
import { Ledger } from '../outcome/ledger.ts';
import { Confirmations } from './confirmations.ts';
import { ConfirmBench, hourMs, wait } from '../../testing/confirm-bench.ts';
import type { Site } from '../../testing/confirm-bench.ts';

let bench: ConfirmBench;

beforeAll(async () => { bench = await ConfirmBench.open(); });
afterEach(() => bench.tidy());
afterAll(() => bench.close());

/** Revision 3 wants nothing any more. */
async function takenOff({ clusterId }: Site): Promise<string> {
  const definition = await bench.plane.clusters.definition(clusterId, 2);
  await bench.plane.clusters.save(ann, { clusterId, base: 2, definition: { ...definition, directors: [], vips: [], services: [] }, reason: '' });
  const { applyId } = await bench.plane.changes.apply(ann, { ...await bench.order(clusterId, 3), confirmWithinMs: hourMs });
  await bench.finished(applyId);
  return applyId;
}

describe('a change that waits to be confirmed', () => {
  it('is open for everybody with the time that is left, and stays once it is confirmed', async () => {
    const one = await bench.site();
    const applyId = await bench.ordered(one);
    expect(await bench.finished(applyId)).toMatchObject({ confirm: { withinMs: hourMs, answer: null }, directors: [{ confirmation: 'waiting' }] });
    const open = await bench.plane.changes.open(one.clusterId);
    expect(open).toMatchObject({ id: applyId, revision: 2, directors: [{ confirmation: 'waiting', outcome: 'applied' }] });
    expect(open?.confirm?.leftMs).toBeGreaterThan(0);
    expect((await bench.plane.changes.waiting()).map(({ id }) => id)).toContain(applyId);
    await bench.plane.changes.confirm(bob, { clusterId: one.clusterId, applyId });
    expect((await bench.plane.changes.waiting()).map(({ id }) => id)).not.toContain(applyId);
    await bench.confirmationsAre(applyId, 'confirmed');
    expect(await bench.plane.changes.get(applyId)).toMatchObject({ confirm: { answer: { kind: 'confirm', by: 'Bob' } } });
    expect(await bench.plane.changes.open(one.clusterId)).toBeNull();
    one.clocks[0]?.advance(2 * hourMs);
    await bench.acceptedIs(one, 2);
    expect(await bench.auditOf(one.clusterId)).toEqual(['changes.apply Ann', 'changes.finish Ann', 'changes.confirm Bob']);
    await expect(bench.plane.changes.goBack(ann, { clusterId: one.clusterId, applyId })).rejects.toMatchObject({ code: 'answeredAlready', params: { author: 'Bob', answer: 'confirm' } });
  });

  it('keeps the next one out until it is over', async () => {
    const one = await bench.site();
    const applyId = await bench.ordered(one);
    await bench.finished(applyId);
    await expect(bench.plane.changes.apply(bob, await bench.order(one.clusterId, 2))).rejects.toMatchObject({ code: 'changeUnconfirmed', params: { revision: 2, author: 'Ann' } });
    await bench.plane.changes.goBack(ann, { clusterId: one.clusterId, applyId });
    await bench.confirmationsAre(applyId, 'wentBack');
    expect((await bench.finished((await bench.plane.changes.apply(bob, await bench.order(one.clusterId, 2))).applyId)).directors).toMatchObject([{ confirmation: null, report: { outcome: { kind: 'applied' } } }]);
  });

  it('goes back on order, and says what it went back to', async () => {
    const one = await bench.site();
    const applyId = await bench.ordered(one);
    await bench.finished(applyId);
    await bench.plane.changes.goBack(bob, { clusterId: one.clusterId, applyId });
    await bench.confirmationsAre(applyId, 'wentBack');
    expect((await bench.plane.changes.get(applyId)).directors).toMatchObject([{ wentBack: { why: 'ordered', base: 1, remainingCount: 0 }, report: { outcome: { kind: 'applied' } } }]);
    await bench.acceptedIs(one, 1);
    expect(bench.plane.clusters.view(one.clusterId)).toMatchObject({ head: { number: 2 }, directors: [{ acceptedRevision: 1, state: 'behind' }] });
    expect(await bench.auditOf(one.clusterId)).toEqual(['changes.apply Ann', 'changes.finish Ann', 'changes.revertNow Bob', 'changes.wentBack panel']);
  });

  it('goes back by itself when nobody confirms, and the panel hears it', async () => {
    const one = await bench.site();
    const applyId = await bench.ordered(one);
    await bench.finished(applyId);
    one.clocks[0]?.advance(hourMs);
    await bench.confirmationsAre(applyId, 'wentBack');
    expect((await bench.plane.changes.get(applyId)).directors).toMatchObject([{ wentBack: { why: 'notConfirmed', base: 1 } }]);
    await expect(bench.plane.changes.confirm(ann, { clusterId: one.clusterId, applyId })).rejects.toMatchObject({ code: 'nothingToConfirm' });
    expect(await bench.auditOf(one.clusterId)).toContain('changes.wentBack panel');
  });

  it('keeps a cluster that it takes off from being retired, for its director may have it again', async () => {
    const one = await bench.site();
    const { clusterId } = one;
    const applyId = await takenOff(one);
    await expect.poll(() => bench.plane.gateway.stateNow(one.directorIds[0] ?? '')?.accepted, wait).toEqual([]);
    await expect(bench.plane.forgetting.retireCluster(ann, { clusterId, base: 3 })).rejects.toMatchObject({ code: 'clusterHeld' });
    await bench.plane.changes.confirm(ann, { clusterId, applyId });
    await bench.confirmationsAre(applyId, 'confirmed');
    await bench.plane.forgetting.retireCluster(ann, { clusterId, base: 3 });
    expect(bench.plane.clusters.view(clusterId).retired).not.toBeNull();
  });

  it('keeps it from that also for a panel that has not heard the director since it went back', async () => {
    const one = await bench.site();
    const { clusterId, agents: [agent], clocks: [clock], directorIds: [directorId = ''] } = one;
    const applyId = await takenOff(one);
    clock?.advance(hourMs);
    await bench.confirmationsAre(applyId, 'wentBack');
    await agent?.stop();
    await linkIs(bench.plane, directorId, 'silent');
    await bench.restart();
    expect(bench.plane.gateway.state(directorId)).toBeNull();
    await expect(bench.plane.forgetting.retireCluster(ann, { clusterId, base: 3 })).rejects.toMatchObject({ code: 'clusterHeld' });
  });

  it('that went back in part to not being there is held by its director until nothing of it is left', async () => {
    const refused = { code: 'unexpected', message: 'refused in a test', errno: null } as const;
    const proxy = new ProxyForwarder();
    const one = await bench.site(1, () => Promise.resolve(new FaultyForwarder(proxy, { operation: ({ kind }) => (kind === 'removeService' ? refused : null) })));
    const { directorIds: [directorId = ''], clocks: [clock] } = one;
    const definition = webCluster({ directorIds: [directorId], realServers: [{ address: '127.0.8.20', port: 8080 }] });
    const { clusterId } = await bench.plane.clusters.create(ann, { definition, reason: '' });
    const { applyId } = await bench.plane.changes.apply(ann, { ...await bench.order(clusterId, 1), confirmWithinMs: hourMs });
    await bench.finished(applyId);
    await bench.plane.changes.goBack(ann, { clusterId, applyId });
    await expect.poll(async () => {
      clock?.advance(30_000);
      return (await bench.plane.changes.get(applyId)).directors[0]?.confirmation;
    }, wait).toBe('partlyBack');
    const driftIs = (count: number) => expect.poll(() => bench.plane.gateway.stateNow(directorId)?.driftCount, wait).toBe(count);
    await driftIs(1);
    await bench.plane.clusters.save(ann, { clusterId, base: 1, definition: { ...definition, directors: [], vips: [], services: [] }, reason: '' });
    await expect(bench.plane.forgetting.retireCluster(ann, { clusterId, base: 2 })).rejects.toMatchObject({ code: 'clusterHeld' });
    const [left] = bench.plane.gateway.stateNow(directorId)?.drift ?? [];
    if (left?.kind !== 'removeService') throw new Error('that is what is left');
    await proxy.apply([left], { onFailure: 'goOn' });
    await expect.poll(async () => {
      clock?.advance(3_000);
      return bench.plane.gateway.stateNow(directorId)?.driftCount;
    }, wait).toBe(0);
    await bench.plane.forgetting.retireCluster(ann, { clusterId, base: 2 });
  });

  it('can be confirmed also where its report is one that the database refused', async () => {
    const one = await bench.site();
    await bench.plane.db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION "refuseReport"() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW."report" IS NOT NULL THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$`);
    await bench.plane.db.$executeRawUnsafe('CREATE TRIGGER "refuseReport" BEFORE UPDATE ON "ApplyDirector" FOR EACH ROW EXECUTE FUNCTION "refuseReport"()');
    bench.ends.push(async () => { await bench.plane.db.$executeRawUnsafe('DROP TRIGGER "refuseReport" ON "ApplyDirector"'); });
    const applyId = await bench.ordered(one);
    expect((await bench.finished(applyId)).directors).toMatchObject([{ state: 'unknown', error: { code: 'applyNotWritten' }, confirmation: 'waiting' }]);
    await bench.plane.changes.confirm(ann, { clusterId: one.clusterId, applyId });
    await bench.confirmationsAre(applyId, 'confirmed');
  });

  it('is not made of what only restores: there is nothing that its director could go back to', async () => {
    const one = await bench.site();
    await bench.finished(await bench.ordered(one, { confirmWithinMs: undefined }));
    await expect(bench.ordered(one)).rejects.toMatchObject({ code: 'nothingToGoBackTo', params: { revision: 2 } });
    expect((await bench.finished(await bench.ordered(one, { confirmWithinMs: undefined }))).confirm).toBeNull();
  });

  it('waits on those directors alone that have something to go back to', async () => {
    const two = await bench.site(2);
    const both = await bench.order(two.clusterId, 2);
    const second = both.directors.filter(({ directorId }) => directorId === two.directorIds[1]);
    await bench.finished((await bench.plane.changes.apply(ann, { ...both, directors: second })).applyId);
    const applyId = await bench.ordered(two);
    const { directors } = await bench.finished(applyId);
    expect(new Map(directors.map(({ directorId, confirmation }) => [directorId, confirmation]))).toEqual(new Map([[two.directorIds[0], 'waiting'], [two.directorIds[1], null]]));
    await bench.plane.changes.confirm(ann, { clusterId: two.clusterId, applyId });
  });

  it('is not waited for any more on a director that the panel forgets', async () => {
    const one = await bench.site();
    const { directorIds: [directorId = ''], clusterId, agents: [agent] } = one;
    await agent?.stop();
    await linkIs(bench.plane, directorId, 'silent');
    const { gateway, db } = bench.plane;
    const logger = pino({ level: 'silent' });
    const confirmations = new Confirmations({ gateway, logger, ledger: new Ledger(db, logger), answerOf: () => Promise.resolve(null), onWentBack: () => undefined });
    confirmations.add({ id: 'row', applyId: 'apply', directorId, clusterId, director: 'lvs' });
    expect(confirmations.waitsIn(clusterId)).toBe(true);
    await gateway.drop(directorId);
    expect(confirmations.waitsIn(clusterId)).toBe(false);
    await confirmations.close();
  });

  it('is not known in another cluster, nor one that nobody has to confirm', async () => {
    const one = await bench.site();
    const plain = await bench.ordered(one, { confirmWithinMs: undefined });
    await bench.finished(plain);
    await expect(bench.plane.changes.confirm(ann, { clusterId: one.clusterId, applyId: plain })).rejects.toMatchObject({ code: 'nothingToConfirm' });
    await expect(bench.plane.changes.confirm(ann, { clusterId: 'other', applyId: plain })).rejects.toMatchObject({ code: 'noSuchApply' });
    await expect(bench.plane.changes.goOn(ann, { clusterId: one.clusterId, applyId: plain })).rejects.toMatchObject({ code: 'notHeld' });
  });
});

async function lostInMidApply() {
  let reached = false;
  const operation = ({ kind }: { readonly kind: string }): 'hang' | null => {
    reached ||= kind === 'setRealServer';
    return kind === 'setRealServer' ? 'hang' : null;
  };
  const one = await bench.site(1, () => Promise.resolve(new FaultyForwarder(new ProxyForwarder(), { operation })));
  const [agent] = one.agents;
  const [clock] = one.clocks;
  if (agent === undefined || clock === undefined) throw new Error('there is one');
  const applyId = await bench.ordered(one);
  await expect.poll(() => reached, wait).toBe(true);
  await agent.stop();
  expect((await bench.finished(applyId)).directors).toMatchObject([{ state: 'unknown', confirmation: 'waiting' }]);
  return { ...one, agent, clock, applyId };
}

describe('with somebody away in between', () => {
  it('a panel that comes back shows it again, and can confirm', async () => {
    const one = await bench.site();
    const applyId = await bench.ordered(one);
    await bench.finished(applyId);
    await bench.restart();
    expect(await bench.plane.changes.open(one.clusterId)).toMatchObject({ id: applyId, directors: [{ confirmation: 'waiting' }] });
    await bench.plane.changes.confirm(ann, { clusterId: one.clusterId, applyId });
    await bench.confirmationsAre(applyId, 'confirmed');
  });

  it('a word that was given before the panel ended is sent after it', async () => {
    const one = await bench.site();
    const [agent] = one.agents;
    const applyId = await bench.ordered(one);
    await bench.finished(applyId);
    await agent?.stop();
    await linkIs(bench.plane, one.directorIds[0] ?? '', 'silent');
    await bench.plane.changes.confirm(ann, { clusterId: one.clusterId, applyId });
    await bench.restart();
    await agent?.start();
    await bench.confirmationsAre(applyId, 'confirmed');
    await bench.acceptedIs(one, 2);
    expect(await bench.plane.changes.open(one.clusterId)).toBeNull();
  });

  it('an agent that was lost in mid-apply goes back by itself, which everybody sees and nothing is put on top of, also after the panel\'s restart', async () => {
    const { clusterId, agent, applyId } = await lostInMidApply();
    await bench.restart();
    const open = await bench.plane.changes.open(clusterId);
    expect(open).toMatchObject({ id: applyId, directors: [{ state: 'unknown', confirmation: 'waiting' }] });
    expect(open?.confirm?.leftMs).toBeGreaterThan(0);
    await bench.plane.changes.goBack(bob, { clusterId, applyId });
    await agent.start();
    await bench.confirmationsAre(applyId, 'wentBack');
    expect(await bench.plane.changes.open(clusterId)).toBeNull();
  });

  it('an agent that was lost in mid-apply says when it is back that it waits, and hears the word', async () => {
    const { clusterId, agent, applyId } = await lostInMidApply();
    await agent.start();
    await expect.poll(async () => (await bench.plane.changes.get(applyId)).directors, wait).toMatchObject([{ state: 'done', report: { accepted: 2 }, confirmation: 'waiting' }]);
    await bench.plane.changes.confirm(ann, { clusterId, applyId });
    await bench.confirmationsAre(applyId, 'confirmed');
  });

  it('and one whose time was over by then says that it went back, which is in the audit log too', async () => {
    const { clusterId, agent, clock, applyId } = await lostInMidApply();
    clock.advance(hourMs);
    await agent.start();
    await bench.confirmationsAre(applyId, 'wentBack');
    expect((await bench.plane.changes.get(applyId)).directors).toMatchObject([{ state: 'done', wentBack: { why: 'notConfirmed', base: 1 } }]);
    expect(await bench.auditOf(clusterId)).toContain('changes.wentBack panel');
  });

  it('a director that went back while the panel was away says so', async () => {
    const one = await bench.site();
    const applyId = await bench.ordered(one);
    await bench.finished(applyId);
    const restarting = bench.restart();
    one.clocks[0]?.advance(hourMs);
    await restarting;
    await bench.confirmationsAre(applyId, 'wentBack');
    expect((await bench.plane.changes.get(applyId)).confirm?.answer).toBeNull();
  });

  it('a director that cannot be reached goes back by its own clock: partly applied', async () => {
    const two = await bench.site(2);
    const [, away] = two.agents;
    const applyId = await bench.ordered(two);
    await bench.finished(applyId);
    await bench.confirmationsAre(applyId, 'waiting', 'waiting');
    const { directors } = await bench.plane.changes.get(applyId);
    const at = directors.findIndex(({ directorId }) => directorId === two.directorIds[1]);
    await away?.stop();
    await linkIs(bench.plane, two.directorIds[1] ?? '', 'silent');
    await bench.plane.changes.confirm(ann, { clusterId: two.clusterId, applyId });
    await bench.confirmationsAre(applyId, ...[0, 1].map((index) => (index === at ? 'waiting' : 'confirmed')));
    two.clocks[1]?.advance(hourMs);
    await away?.start();
    await bench.confirmationsAre(applyId, ...[0, 1].map((index) => (index === at ? 'wentBack' : 'confirmed')));
    expect((await bench.plane.changes.get(applyId)).directors[at]?.wentBack).toMatchObject({ why: 'notConfirmed', base: null });
  });
});
