// What an agent did is written down even when the database was gone at that moment.
import { ProxyForwarder } from '@weir/forwarder';
import { startTemporaryPostgres } from '@weir/lab/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ann, startTestPlane } from '../../testing/control-plane.ts';
import type { TestPlane } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { enrolled, longWait, startDirector, webCluster } from '../../testing/directors.ts';
import type { TestDirector } from '../../testing/directors.ts';

class GatedForwarder extends ProxyForwarder {
  readonly #gate: Promise<void>;
  readonly #reached: () => void;

  constructor(gate: Promise<void>, reached: () => void) {
    super();
    this.#gate = gate;
    this.#reached = reached;
  }

  override async apply(...order: Parameters<ProxyForwarder['apply']>): ReturnType<ProxyForwarder['apply']> {
    if (order[0].length > 0) {
      this.#reached();
      await this.#gate;
    }
    return super.apply(...order);
  }
}

function closedGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let resolve: (() => void) | null = null;
  const passed = new Promise<void>((passing) => {
    resolve = passing;
  });
  return { passed, open: () => resolve?.() };
}

it('keeps a report until the database takes it', async () => {
  const postgres = await startTemporaryPostgres();
  const gate = closedGate();
  let reached = false;
  const agent = await startDirector(() => Promise.resolve(new GatedForwarder(gate.passed, () => { reached = true; })));
  const plane = await startTestPlane(postgres.url, { deadlines: { connectMs: 2_000, askMs: 2_000, planMs: 5_000, applyMs: 30_000, silenceMs: 10_000 } });
  try {
    const directorId = await enrolled(plane, agent);
    const { clusterId } = await plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId] }), reason: '' });
    const { directors } = await plane.changes.plan(clusterId);
    const reviewed = directors.flatMap(({ plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
    const { applyId } = await plane.changes.apply(ann, { clusterId, revision: 1, directors: reviewed, onFailure: 'rollBack' });
    await expect.poll(() => reached, longWait).toBe(true);
    await postgres.kill();
    gate.open();
    await expect.poll(() => plane.gateway.director(directorId)?.accepted?.length, longWait).toBe(1);
    await expect(plane.changes.get(applyId)).rejects.toBeInstanceOf(Error);
    await postgres.restart();
    await expect.poll(async () => (await plane.changes.get(applyId)).finishedAt, longWait).not.toBeNull();
    expect((await plane.changes.get(applyId)).directors).toMatchObject([{ state: 'done', report: { outcome: { kind: 'applied' } } }]);
    expect(await plane.db.auditEntry.count({ where: { action: 'changes.finish', outcome: 'done' } })).toBe(1);
  } finally {
    gate.open();
    await plane.close();
    await agent.remove();
    await postgres.remove();
  }
}, 60_000);

describe('what the database refuses to take', () => {
  let server: TestServer;
  let plane: TestPlane;
  let agent: TestDirector;

  beforeAll(async () => {
    server = await openTestServer();
    plane = await startTestPlane(await server.createDatabase());
    agent = await startDirector();
  });
  afterAll(async () => {
    await plane.close();
    await agent.remove();
    await server.remove();
  });

  it.each([
    ['sending', `NEW."sentAt" IS NOT NULL`, 'notSent', 'interrupt'],
    ['the report', `NEW."report" IS NOT NULL`, 'unknown', 'finish'],
  ])('of %s ends the apply with an error, and the next one can begin', async (name, refused, state, ending) => {
    const directorId = plane.gateway.directors()[0]?.id ?? await enrolled(plane, agent);
    const { clusterId } = await plane.clusters.create(ann, { definition: webCluster({ directorIds: [directorId] }), reason: '' });
    const ordered = async (revision: number): Promise<string> => {
      const { directors } = await plane.changes.plan(clusterId);
      const reviewed = directors.flatMap(({ plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
      return (await plane.changes.apply(ann, { clusterId, revision, directors: reviewed, onFailure: 'rollBack' })).applyId;
    };
    const over = async (applyId: string): Promise<unknown> => {
      await expect.poll(async () => (await plane.changes.get(applyId)).finishedAt, longWait).not.toBeNull();
      return (await plane.changes.get(applyId)).directors[0];
    };
    await plane.db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF ${refused} THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$`);
    await plane.db.$executeRawUnsafe('CREATE TRIGGER "refuse" BEFORE UPDATE ON "ApplyDirector" FOR EACH ROW EXECUTE FUNCTION refuse()');
    expect(await over(await ordered(1))).toMatchObject({ state, askedAgain: false, report: null, error: { code: 'applyNotWritten' } });
    await plane.db.$executeRawUnsafe('DROP TRIGGER "refuse" ON "ApplyDirector"');
    expect(await plane.db.auditEntry.count({ where: { objectId: clusterId, action: `changes.${ending}`, outcome: 'failed' } })).toBe(1);
    await plane.clusters.save(ann, { clusterId, base: 1, definition: await plane.clusters.definition(clusterId, 1), reason: name });
    expect(await over(await ordered(2))).toMatchObject({ state: 'done' });
  });
});
