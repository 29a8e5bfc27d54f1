// Series of which a part comes from memory and a part from the database, while more is written down.
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFINITION_SCHEMA } from '@weir/model';
import type { ClusterDefinition, Recent, ServiceCarried } from '@weir/model';
import type { HistorySubject } from '../../../history/series.ts';
import { openDatabase } from '../../db/database.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { migrated } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { Journal } from '../store/journal.ts';
import { plainInterval, plainService } from '../testing/intervals.ts';
import { Series } from './series.ts';
import type { SeriesParts } from './series.ts';

const startMs = Date.UTC(2026, 10, 1);
const nowMs = startMs + 20_000;

let server: TestServer;
let database: OpenDatabase;
beforeAll(async () => {
  server = await openTestServer();
  const url = await server.createDatabase();
  await migrated(url);
  database = openDatabase(url, pino({ level: 'silent' }));
});
afterAll(async () => {
  await database.close();
  await server.remove();
});

/** One connection in each second. */
function remembered(): Recent {
  const growth = { connections: 1, packetsIn: 1, packetsOut: 1, bytesIn: 1, bytesOut: 1 };
  const times = Array.from({ length: 20 }, (_, second) => ({ atMs: startMs + (second + 1) * 1_000, stepMs: 1_000 }));
  return { byteKind: 'payloadBytes', countersRefreshMs: 0, sinceMs: startMs, times, lines: [{ key: null, realServerId: null, moments: times.map(() => ({ active: 0, inactive: 0, weight: null, growth })) }] };
}

it('an interval that is written while its director is asked what it remembers counts once', async () => {
  const journal = new Journal(database.pool, () => nowMs);
  const write = (sequence: number) => journal.write({
    directorId: 'd', name: 'lvs', journalId: 'j', intervals: [plainInterval(sequence, startMs + (sequence - 1) * 10_000, [plainService({ growth: 10n })])],
  });
  await write(1);
  const gateway = {
    director: () => ({ name: 'lvs', link: { state: 'connected' }, hello: { version: 3, capabilities: { countersRefreshMs: 0 } } }),
    client: () => ({ recent: async () => { await write(2); return remembered(); } }),
  } as unknown as SeriesParts['gateway'];
  const series = new Series({ pool: database.pool, gateway, clusters: { standing: () => { throw new Error('no cluster is asked for'); } }, now: () => nowMs });
  const { lines, resolutionMs } = await series.of({ subject: { kind: 'director', directorId: 'd' }, by: 'whole', fromMs: startMs, toMs: nowMs, steps: 20 });
  expect([resolutionMs, lines.map(({ totals }) => totals.connections)]).toEqual([1_000, ['20']]);
});

/** What it carried is carried by equal parts. */
function shared(growth: bigint, realServers: readonly string[]): ServiceCarried {
  return { ...plainService({ clusterId: 'f', growth }), realServers: plainService({ growth: growth / BigInt(realServers.length || 1), realServers }).realServers };
}

it('real servers, of which one was out for a while, add up to their service', async () => {
  const journal = new Journal(database.pool, () => nowMs);
  await journal.write({
    directorId: 'f', name: 'lvs', journalId: 'j',
    intervals: [shared(200n, ['a', 'b']), shared(100n, ['a']), shared(60n, ['b']), shared(0n, [])].map((own, index) => plainInterval(index + 1, startMs + index * 10_000, [own])),
  });
  const gateway = { director: () => null, client: () => { throw new Error('nobody is asked'); } };
  const definition: ClusterDefinition = { schema: DEFINITION_SCHEMA, name: 'f', directors: [], vips: [], services: [] };
  const series = new Series({ pool: database.pool, gateway, clusters: { standing: () => ({ wanted: { name: 'f', definition } }) }, now: () => nowMs });
  const ask = async (by: 'whole' | 'realServer', subject: HistorySubject = { kind: 'service', clusterId: 'f', serviceId: 'web' }): Promise<unknown> => (await series.of({ subject, by, fromMs: startMs, toMs: startMs + 40_000, steps: 2 })).lines
    .map(({ realServerId, points, totals }) => [realServerId, points.map(({ active, perSecond }) => [perSecond.connections, active]), totals.connections]);
  expect(await ask('whole')).toEqual([[null, [[15, 2], [3, 2]], '360']]);
  const [a, b] = [['a', [[10, 2], [0, 0]], '200'], ['b', [[5, 1], [3, 1]], '160']];
  expect(await ask('realServer')).toEqual([a, b]);
  expect(await ask('whole', { kind: 'realServer', clusterId: 'f', serviceId: 'web', realServerId: 'b' })).toEqual([[null, ...b?.slice(1) ?? []]]);
});

it('is given up at its deadline in words, and the database works on it no longer', async () => {
  const journal = new Journal(database.pool, () => nowMs);
  await journal.write({ directorId: 'e', name: 'lvs', journalId: 'j', intervals: [plainInterval(1, startMs)] });
  const gateway = { director: () => null, client: () => { throw new Error('nobody is asked'); } };
  const seriesWithin = (deadlineMs: number) => new Series({ pool: database.pool, gateway, clusters: { standing: () => { throw new Error('no cluster is asked for'); } }, now: () => nowMs, deadlineMs })
    .of({ subject: { kind: 'director', directorId: 'e' }, by: 'whole', fromMs: startMs, toMs: nowMs, steps: 2 });
  const holder = await database.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('LOCK "HistoryBlock" IN ACCESS EXCLUSIVE MODE');
    await expect(seriesWithin(1_500)).rejects.toMatchObject({ code: 'historyTooLong', params: { seconds: 2 } });
    const { rows } = await holder.query(`SELECT query FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()`);
    expect(rows).toEqual([]);
    await holder.query('COMMIT');
  } finally {
    holder.release();
  }
  expect((await seriesWithin(60_000)).lines.map(({ totals }) => totals.connections)).toEqual(['10']);
});
