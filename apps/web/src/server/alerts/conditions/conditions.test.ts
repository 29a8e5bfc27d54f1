// What rules of alerts see: failed applies in a real database, and directors as the gateway has them.
import type { OpenAlert } from '@weir/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DirectorView } from '../../gateway/director-view.ts';
import { HeardHealth } from '../../gateway/heard-health.ts';
import { startAlertsBench } from '../../testing/alerts-bench.ts';
import type { AlertsBench } from '../../testing/alerts-bench.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { conditionsNow, knownNow } from './conditions.ts';
import type { ConditionParts } from './conditions.ts';
import { applyConditions } from './of-applies.ts';

let server: TestServer;
let bench: AlertsBench;
beforeAll(async () => {
  server = await openTestServer();
  bench = await startAlertsBench(await server.createDatabase());
});
afterAll(async () => {
  await bench.close();
  await server.remove();
});

const t0 = 1_800_000_000_000;
let applies = 0;

type Director = Parameters<AlertsBench['db']['applyDirector']['create']>[0]['data'];

async function apply(more: Partial<Director> = {}, ofApply: { readonly answer?: 'goBack' | 'confirm'; readonly running?: boolean } = {}): Promise<string[]> {
  const { db } = bench;
  applies += 1;
  if (applies === 1) {
    await db.cluster.create({ data: { id: 'c', name: 'shop', headRevisionNumber: 1, wantedRevisionNumber: 1 } });
    await db.revision.create({ data: { clusterId: 'c', number: 1, definition: {}, authorId: 'a', authorName: 'Ann', reason: '' } });
  }
  const { answer = null, running = false } = ofApply;
  const answered = answer === null ? {} : { answer, confirmWithinMs: 60_000, answeredAt: new Date(t0), answeredById: 'a', answeredByName: 'Ann' };
  await db.apply.create({
    data: {
      id: `a${applies}`, clusterId: 'c', revisionNumber: 1, onFailure: 'rollBack', authorId: 'a', authorName: 'Ann', startedAt: new Date(t0 + applies * 1_000),
      finishedAt: running ? null : new Date(t0 + applies * 1_000 + 500), ...answered,
      directors: { create: { id: `d${applies}`, directorName: 'lvs-a', position: 0, digest: '', plan: {}, ...more } as never },
    },
  });
  return (await applyConditions(db)).map(({ key, object, link }) => `${key} ${object.clusterName} ${link}`);
}

const sent = { sentAt: new Date(t0), finishedAt: new Date(t0) };

describe('an apply', () => {
  it('that failed is seen until the next is ordered', async () => {
    expect(await apply({ ...sent, outcome: 'applied' })).toEqual([]);
    expect(await apply({ ...sent, outcome: 'rolledBack' })).toEqual(['a2 shop /changes/a2']);
    expect(await apply({ sentAt: null, outcome: null }, { running: true })).toEqual([]);
  });

  it('that went back whole has not failed, whether a person said so or nobody confirmed it; one that went back in part has', async () => {
    expect(await apply({ ...sent, outcome: 'applied', confirmation: 'wentBack' })).toEqual([]);
    expect(await apply({ ...sent, outcome: 'applied', confirmation: 'wentBack' }, { answer: 'goBack' })).toEqual([]);
    expect(await apply({ ...sent, outcome: 'applied', confirmation: 'partlyBack' }, { answer: 'goBack' })).toHaveLength(1);
  });

  it('that a person stopped has not failed, one that never arrived has', async () => {
    expect(await apply({ outcome: 'notSent', error: { code: 'stoppedByPerson', params: {} }, finishedAt: new Date(t0) })).toEqual([]);
    expect(await apply({ outcome: 'notSent', error: { code: 'directorSilent', params: {} }, finishedAt: new Date(t0) })).toHaveLength(1);
    expect(await apply({ ...sent, outcome: 'applied' })).toEqual([]);
  });
});

function parts(more: { readonly state?: DirectorView['link']['state']; readonly drift?: number; readonly lateTargets?: number; readonly certificateDays?: number } = {}): ConditionParts {
  const { state = 'connected', drift = 0, lateTargets = 0, certificateDays } = more;
  const heard = new HeardHealth();
  const late = lateTargets === 0 ? null : { targets: lateTargets, worstMs: 900, sinceMs: t0 };
  heard.take({ kind: 'health', bootId: 'b', whole: true, services: [], atMs: t0, checker: { targets: 9, late, braked: null } });
  const director = { id: 'd1', name: 'lvs-a', link: { state }, accepted: [], drift, driftSinceMs: t0 };
  const rows = [{ clusterId: 'c1', ignored: null }, { clusterId: 'c1', ignored: null }, { clusterId: null, ignored: null }, { clusterId: 'c1', ignored: {} }];
  return {
    db: bench.db,
    gateway: { directors: () => [director], director: (id: string) => (id === 'd1' ? director : null), health: () => heard, stateNow: () => (state === 'connected' ? { overrides: [] } : null) },
    clusters: { allWanted: () => [{ clusterId: 'c1', name: 'shop', definition: { directors: [{ directorId: 'd1' }], services: [] } }], nameOf: () => 'shop' },
    drift: { counted: (directors: readonly DirectorView[]) => [...directors], ofDirector: () => ({ heard: { rows } }) },
    certificate: certificateDays === undefined ? null : { fingerprint: 'f', subject: 'CN=weir', endsAtMs: t0 + certificateDays * 86_400_000 },
  } as unknown as ConditionParts;
}

function open(rule: OpenAlert['rule'], key: string): OpenAlert {
  return { rule, key, sinceMs: t0, firedAtMs: t0 };
}

async function seen(of: ConditionParts): Promise<string[]> {
  return (await conditionsNow(of, { days: 30, nowMs: t0 })).map(({ rule, key, params, object }) => `${rule} ${key} ${object.clusterId ?? '-'} ${params['count'] ?? params['targets'] ?? params['state'] ?? ''}`.trim());
}

describe('a director', () => {
  it('that stands well is not seen', async () => {
    expect(await seen(parts())).toEqual([]);
  });

  it('that drifts is seen for each cluster, without what is ignored', async () => {
    expect(await seen(parts({ drift: 4 }))).toEqual(['drift d1/c1 c1 2', 'drift d1/ c1 1']);
  });

  it('says since when its checks are late, and not of a difference since when there is any', async () => {
    expect(await conditionsNow(parts({ lateTargets: 3 }), { days: 30, nowMs: t0 })).toMatchObject([{ rule: 'checkerLate', sinceMs: t0 }]);
    for (const { rule, sinceMs } of await conditionsNow(parts({ drift: 4 }), { days: 30, nowMs: t0 })) expect([rule, sinceMs]).toEqual(['drift', undefined]);
  });

  it('that is late is seen, and one that is silent for its silence alone', async () => {
    expect(await seen(parts({ lateTargets: 3 }))).toEqual(['checkerLate d1 c1 3']);
    expect(await seen(parts({ lateTargets: 3, drift: 4, state: 'wrongKey' }))).toEqual(['directorSilent d1 c1 wrongKey']);
    expect(await seen(parts({ lateTargets: 3, state: 'connecting' }))).toEqual([]);
  });

  it('is known to stand well only while it answers, or where it is enrolled no more', () => {
    for (const alert of [open('drift', 'd1/c1'), open('checkerLate', 'd1'), open('realServerDown', 'c1/web/a')]) {
      expect([knownNow(parts())(alert), knownNow(parts({ state: 'silent' }))(alert)]).toEqual([true, false]);
    }
    expect([knownNow(parts({ state: 'connecting' }))(open('directorSilent', 'd1')), knownNow(parts({ state: 'silent' }))(open('drift', 'gone/c1')), knownNow(parts({ state: 'silent' }))(open('realServerDown', 'gone/web/a'))]).toEqual([false, true, true]);
  });
});

it('a certificate is seen so many days before its end, and after it', async () => {
  expect(await seen(parts({ certificateDays: 31 }))).toEqual([]);
  expect(await seen(parts({ certificateDays: 30 }))).toEqual(['certificateEnding f -']);
  expect(await seen(parts({ certificateDays: -3 }))).toEqual(['certificateEnding f -']);
});
