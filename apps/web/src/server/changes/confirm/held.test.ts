// One director first: the others wait for a person, and not for ever.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ann, bob } from '../../testing/control-plane.ts';
import { linkIs } from '../../testing/directors.ts';
import { ConfirmBench, hourMs, wait } from '../../testing/confirm-bench.ts';
import type { Site } from '../../testing/confirm-bench.ts';
import { HELD_LONGEST_MS } from './course.ts';

let bench: ConfirmBench;

beforeAll(async () => { bench = await ConfirmBench.open(); });
afterEach(() => bench.tidy());
afterAll(() => bench.close());

async function heldSite(confirmWithinMs?: number): Promise<Site & { readonly applyId: string }> {
  const two = await bench.site(2);
  const applyId = await bench.ordered(two, { firstAlone: true, confirmWithinMs });
  await expect.poll(async () => (await bench.plane.changes.get(applyId)).held, wait).not.toBeNull();
  expect((await bench.plane.changes.get(applyId)).directors.map(({ state }) => state)).toEqual(['done', 'waiting']);
  return { ...two, applyId };
}

describe('one director first', () => {
  it('waits for a person, who lets it go on', async () => {
    const { clusterId, applyId } = await heldSite();
    expect(await bench.plane.changes.open(clusterId)).toMatchObject({ id: applyId, confirm: null });
    await bench.plane.changes.goOn(bob, { clusterId, applyId });
    expect(await bench.finished(applyId)).toMatchObject({ held: null, directors: [{ state: 'done' }, { state: 'done' }] });
    expect(await bench.auditOf(clusterId)).toEqual(['changes.apply Ann', 'changes.goOn Bob', 'changes.finish Ann']);
  });

  it('or stops it, and the first one still waits to be confirmed', async () => {
    const { clusterId, applyId } = await heldSite(hourMs);
    await expect(bench.plane.changes.confirm(ann, { clusterId, applyId })).rejects.toMatchObject({ code: 'applyRunning' });
    await bench.plane.changes.stopHere(bob, { clusterId, applyId });
    expect((await bench.finished(applyId)).directors).toMatchObject([{ state: 'done', confirmation: 'waiting' }, { state: 'notSent', error: { code: 'stoppedByPerson', params: { person: 'Bob' } } }]);
    await bench.plane.changes.confirm(ann, { clusterId, applyId });
    await bench.confirmationsAre(applyId, 'confirmed', null);
  });

  it('or goes back, and nothing is sent to the others', async () => {
    const { clusterId, applyId } = await heldSite(hourMs);
    await bench.plane.changes.goBack(ann, { clusterId, applyId });
    expect((await bench.finished(applyId)).directors[1]).toMatchObject({ state: 'notSent', error: { code: 'stoppedByPerson' } });
    await bench.confirmationsAre(applyId, 'wentBack', null);
  });

  it('and ends where the first one goes back by itself', async () => {
    const { applyId, clocks } = await heldSite(hourMs);
    for (const clock of clocks) clock.advance(hourMs);
    expect((await bench.finished(applyId)).directors).toMatchObject([{ confirmation: 'wentBack' }, { state: 'notSent', error: { code: 'confirmTimeOver' } }]);
  });

  it('is over where the panel ends, and the others were not sent', async () => {
    const { applyId } = await heldSite(hourMs);
    await bench.restart();
    expect(await bench.finished(applyId)).toMatchObject({
      held: null, directors: [{ state: 'done', confirmation: 'waiting' }, { state: 'notSent', error: { code: 'heldInterrupted' } }],
    });
  });

  it('says how long it waits still; and where the panel ended meanwhile, that others were left over, until somebody orders again', async () => {
    const { clusterId, applyId } = await heldSite();
    const { held } = await bench.plane.changes.get(applyId);
    expect(held?.leftMs).toBeGreaterThan(0);
    expect(held?.leftMs).toBeLessThanOrEqual(HELD_LONGEST_MS);
    await bench.restart();
    const { directors } = await bench.plane.changes.get(applyId);
    expect(await bench.plane.changes.open(clusterId)).toMatchObject({ id: applyId, leftOver: directors.slice(1).map(({ name }) => name) });
    for (const { directorId } of directors) await linkIs(bench.plane, directorId ?? '', 'connected');
    await bench.finished((await bench.plane.changes.apply(bob, await bench.order(clusterId, 2))).applyId);
    expect(await bench.plane.changes.open(clusterId)).toBeNull();
  });

  it('leaves no word in the audit log of who came too late, or could not be written down: that one may say it again', async () => {
    const { clusterId, applyId } = await heldSite();
    await bench.plane.db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION "refuseDecision"() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW."action" = 'changes.goOn' THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$`);
    await bench.plane.db.$executeRawUnsafe('CREATE TRIGGER "refuseDecision" BEFORE INSERT ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION "refuseDecision"()');
    bench.ends.push(async () => { await bench.plane.db.$executeRawUnsafe('DROP TRIGGER IF EXISTS "refuseDecision" ON "AuditEntry"'); });
    await expect(bench.plane.changes.goOn(bob, { clusterId, applyId })).rejects.toThrow(/refused/);
    const said = await Promise.allSettled([bench.plane.changes.stopHere(ann, { clusterId, applyId }), bench.plane.changes.stopHere(bob, { clusterId, applyId })]);
    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { directors } = await bench.finished(applyId);
    expect(directors[1]).toMatchObject({ state: 'notSent', error: { code: 'stoppedByPerson' } });
    const entries = await bench.plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { in: ['changes.goOn', 'changes.stopHere'] } } });
    expect(entries).toMatchObject([{ action: 'changes.stopHere', after: { applyId, revision: 2, directors: [directors[1]?.name] } }]);
  });
});
