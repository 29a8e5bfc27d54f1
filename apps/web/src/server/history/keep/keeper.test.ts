import { pino } from 'pino';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrated } from '../../testing/control-plane.ts';
import { openDatabase } from '../../db/database.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { openTestServer, run } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { unpack } from '../pack/pack.ts';
import { Journal } from '../store/journal.ts';
import { plainInterval, plainService } from '../testing/intervals.ts';
import { Keeper } from './keeper.ts';
import { removeBefore } from './remove.ts';
import { readStorage } from './storage.ts';
import { readDiskBytes, readUsage, shelves, storedBytes } from './usage.ts';

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

function say(sequence: number, atMs: number, realServers: readonly string[] = []): Promise<unknown> {
  return journal.write({ directorId: 'd', name: 'lvs', journalId: 'j', intervals: [plainInterval(sequence, atMs, [plainService({ growth: 1n, realServers })])] });
}

it('removes nothing that the coarser is still to be made of, however old the director\'s clock says that it is', async () => {
  nowMs = startMs + 30 * dayMs;
  for (let sequence = 1; sequence <= 120; sequence += 1) {
    await say(sequence, startMs + (sequence - 1) * 10_000);
    // As often as it happens to run; what silent directors said last is closed in other tests.
    if (sequence % 7 === 0) for (const shelf of shelves) await removeBefore(pool, shelf, nowMs - shelf.tier.keepMs, new AbortController().signal);
  }
  const { rows } = await pool.query<{ packed: Buffer }>(`SELECT packed FROM "HistoryBlock" WHERE kind = 'services' AND "tierSeconds" = 600`);
  const grown = rows.flatMap(({ packed }) => [...unpack(packed).portions.values()].map(({ grown: { connections } }) => connections));
  expect(grown).toEqual([{ all: 60n, measured: 60n }, { all: 60n, measured: 60n }]);
});

it('keeps its budget by what is oldest and finest, but what is still to be rolled up', async () => {
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
  expect(await rowsOf()).toMatchObject({ 'services 10': 0, 'realServers 10': 0, 'services 60': 0, 'services 600': 0, 'services 10800': 0 });
  await isCountedRight();
  await hours(1);
  await keeper.keep();
  expect(await rowsOf()).toMatchObject({ 'services 10': 0, 'services 60': 0, 'services 600': 6, 'services 10800': 0 });
}, 180_000);

const objects = async (): Promise<unknown[]> => (await pool.query<{ key: string }>('SELECT key FROM "HistoryObject" ORDER BY key')).rows.map(({ key }) => key);
const directors = async (): Promise<unknown[]> => (await pool.query<{ id: string }>('SELECT "directorId" AS id FROM "HistoryDirector" ORDER BY 1')).rows.map(({ id }) => id);

/** Each looks through a director or two. */
async function passes(): Promise<void> {
  for (let pass = 0; pass < 8; pass += 1) await keeper.keep();
}

it('forgets objects that no row names any more, and no others', async () => {
  await say(1, startMs, ['a', 'b']);
  nowMs = startMs + 4 * dayMs;
  await say(2, nowMs, ['b']);
  await passes();
  expect(await objects()).toEqual(['rip a', 'rip b', 'tcp web']);
  nowMs = startMs + 9 * dayMs;
  await passes();
  expect(await objects()).toEqual(['rip b', 'tcp web']);
  // The number that it had is forgotten, too.
  await say(3, nowMs, ['a']);
  expect(await objects()).toEqual(['rip a', 'rip b', 'tcp web']);
  const { rows } = await pool.query<{ packed: Buffer; number: number }>(
    `SELECT packed, number FROM "HistoryBlock", "HistoryObject" WHERE key = 'rip a' AND "HistoryBlock".kind = 'realServers' AND "tierSeconds" = 10 ORDER BY start DESC LIMIT 1`);
  expect(rows.map(({ packed, number }) => unpack(packed).portions.has(number))).toEqual([true]);
  nowMs = startMs + 18 * dayMs;
  await passes();
  expect(await objects()).toEqual(['tcp web']);
});

it('forgets a director that the panel has no more when nothing is left of it', async () => {
  await database.db.director.create({ data: { id: 'there', name: 'there', address: '10.0.0.1:9348', keyHash: 'k', enrolledBy: 'Ann' } });
  await hours(1, 'there');
  await hours(1, 'gone');
  nowMs = startMs + 300 * dayMs;
  await passes();
  expect(await directors()).toEqual(['gone', 'there']);
  nowMs = startMs + 400 * dayMs;
  await passes();
  expect(await directors()).toEqual(['there']);
  expect(await objects()).toEqual([]);
  // Where its journal is, is not forgotten.
  expect(await journal.cursor('there')).toEqual({ journalId: 'j', sequence: 360 });
});

it('is told with what there is, since when, and what to expect', async () => {
  expect(await readStorage(pool, 5e9, nowMs)).toMatchObject({ usedBytes: 0, expectedFromMs: null });
  await hours(2);
  const storage = await readStorage(pool, 5e9, nowMs);
  expect(storage).toMatchObject({ budgetBytes: 5e9, usedBytes: await used(), expectedFromMs: nowMs - startMs });
  expect(storage.tiers.map(({ kind, lengthMs, sinceMs }) => [kind, lengthMs, sinceMs === startMs])).toEqual([
    ['realServers', 10_000, true], ['services', 10_000, true], ['realServers', 60_000, true], ['services', 60_000, true], ['realServers', 600_000, true], ['services', 600_000, true], ['services', 10_800_000, false],
  ]);
});

it('foretells nothing from some minutes, though coarse rows begin before what they hold', async () => {
  const firstMs = startMs + 9 * 60_000;
  nowMs = firstMs + 5 * 60_000;
  await journal.write({ directorId: 'd', name: 'lvs', journalId: 'j', intervals: Array.from({ length: 30 }, (_, index) => plainInterval(index + 1, firstMs + index * 10_000)) });
  expect(await readStorage(pool, 5e9, nowMs)).toMatchObject({ expectedFromMs: null });
  nowMs = firstMs + 11 * 60_000;
  expect(await readStorage(pool, 5e9, nowMs)).toMatchObject({ expectedFromMs: 11 * 60_000 });
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
