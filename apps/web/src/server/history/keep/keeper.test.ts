import { pino } from 'pino';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrated } from '../../testing/control-plane.ts';
import { openDatabase } from '../../db/database.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { openTestServer, run } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { Journal } from '../store/journal.ts';
import { plainInterval, plainService } from '../testing/intervals.ts';
import { Keeper } from './keeper.ts';
import { readStorage } from './storage.ts';
import { readDiskBytes, readUsage, storedBytes } from './usage.ts';

const startMs = Date.UTC(2026, 10, 1);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let server: TestServer;
let database: OpenDatabase;
let pool: Pool;
let url: string;
let nowMs = startMs;
let budgetBytes = 10 ** 12;
let keeper: Keeper;
let journal: Journal;

beforeAll(async () => {
  server = await openTestServer();
});
beforeEach(async () => {
  nowMs = startMs;
  url = await server.createDatabase();
  await migrated(url);
  database = openDatabase(url, pino({ level: 'silent' }));
  pool = database.pool;
  journal = new Journal(pool, () => nowMs);
  budgetBytes = 10 ** 12;
  keeper = new Keeper({ pool, journal, budgetBytes: () => Promise.resolve(budgetBytes), logger: pino({ level: 'silent' }), now: () => nowMs, everyMs: 3_600_000 });
  return async () => {
    await keeper.close();
    await database.close();
  };
});
afterAll(() => server.remove());

async function hours(count: number, directorId = 'd'): Promise<void> {
  const { sequence } = await journal.cursor(directorId);
  nowMs = Math.max(nowMs, startMs + (sequence + count * 360) * 10_000);
  for (let hour = 0; hour < count; hour += 1) {
    const intervals = Array.from({ length: 360 }, (_, index) => {
      const next = sequence + hour * 360 + index;
      return plainInterval(next + 1, startMs + next * 10_000, [plainService({ growth: BigInt(next % 1_000), realServers: ['a', 'b'] }), plainService({ serviceId: 'mail', growth: 3n })]);
    });
    await journal.write({ directorId, name: 'lvs', journalId: 'j', intervals });
  }
}

const rowsOf = async (): Promise<Record<string, number>> => Object.fromEntries((await readUsage(pool)).map(({ kind, tier, rows }) => [`${kind} ${tier.lengthMs / 1_000}`, rows]));
const used = async (): Promise<number> => (await readUsage(pool)).reduce((sum, one) => sum + one.storedBytes, 0);

async function isCountedRight(): Promise<void> {
  const rows = await run(url, `SELECT 1 FROM "HistoryUsage" AS usage WHERE rows <> (SELECT count(*) FROM "HistoryBlock" AS block
      WHERE block."directorNumber" = usage."directorNumber" AND block.kind = usage.kind AND block."tierSeconds" = usage."tierSeconds")
     OR bytes <> (SELECT coalesce(sum(octet_length(packed)), 0) FROM "HistoryBlock" AS block
      WHERE block."directorNumber" = usage."directorNumber" AND block.kind = usage.kind AND block."tierSeconds" = usage."tierSeconds")`);
  expect(rows).toEqual([]);
}

it('keeps each as long as it should, and nothing longer', async () => {
  await hours(4);
  nowMs = startMs + dayMs + 2 * hourMs;
  await keeper.keep();
  expect(await rowsOf()).toMatchObject({ 'services 10': 721, 'services 60': 240, 'services 600': 24, 'services 10800': 2, 'realServers 10': 721, 'realServers 60': 240 });
  nowMs = startMs + 8 * dayMs;
  await keeper.keep();
  expect(await rowsOf()).toMatchObject({ 'services 10': 0, 'services 60': 240, 'services 600': 24, 'realServers 60': 0, 'realServers 600': 0 });
  nowMs = startMs + 367 * dayMs + 5 * hourMs;
  await keeper.keep();
  expect(await used()).toBe(0);
  await isCountedRight();
});

it('makes what is coarser of what a silent director said last, before the finest goes', async () => {
  await hours(1);
  expect((await rowsOf())['services 10800']).toBe(0);
  nowMs = startMs + 2 * dayMs;
  await keeper.keep();
  expect(await rowsOf()).toMatchObject({ 'services 10': 0, 'services 60': 60, 'services 600': 6, 'services 10800': 1 });
});

it('keeps its budget by what is oldest and finest, and what is still to be rolled up', async () => {
  await hours(3);
  await hours(3, 'e');
  const before = await readUsage(pool);
  const all = await used();
  budgetBytes = Math.round(all * 0.7);
  await keeper.keep();
  expect(await used()).toBeLessThanOrEqual(budgetBytes);
  expect(await used()).toBeGreaterThan(budgetBytes * 0.85);
  const after = await readUsage(pool);
  expect(after[0]?.sinceMs).toBeGreaterThan(before[0]?.sinceMs ?? 0);
  expect(after.slice(1)).toEqual(before.slice(1));
  budgetBytes = 1;
  await keeper.keep();
  expect(await rowsOf()).toMatchObject({ 'services 10': 24, 'realServers 10': 24, 'services 60': 40, 'services 600': 36, 'services 10800': 0 });
  await isCountedRight();
  await hours(1);
  expect((await rowsOf())['services 600']).toBe(42);
}, 180_000);

it('is told with what there is, since when, and what to expect', async () => {
  expect(await readStorage(pool, 5e9, nowMs)).toMatchObject({ usedBytes: 0, expectedFromMs: null });
  await hours(2);
  const storage = await readStorage(pool, 5e9, nowMs);
  expect(storage).toMatchObject({ budgetBytes: 5e9, usedBytes: await used(), expectedFromMs: nowMs - startMs });
  expect(storage.tiers.map(({ kind, lengthMs, sinceMs }) => [kind, lengthMs, sinceMs === startMs])).toEqual([
    ['realServers', 10_000, true], ['services', 10_000, true], ['realServers', 60_000, true], ['services', 60_000, true], ['realServers', 600_000, true], ['services', 600_000, true], ['services', 10_800_000, false],
  ]);
});

it('takes on the disk about what it counts', async () => {
  await hours(4);
  await pool.query('VACUUM "HistoryBlock"');
  const usage = await readUsage(pool);
  const counted = usage.reduce((sum, one) => sum + storedBytes(one), 0);
  const disk = await readDiskBytes(pool);
  expect(counted / disk).toBeGreaterThan(0.7);
  expect(counted / disk).toBeLessThan(1.4);
}, 60_000);
