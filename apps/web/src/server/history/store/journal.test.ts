import type { Pool } from 'pg';
import { pino } from 'pino';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { migrated } from '../../testing/control-plane.ts';
import { portionsOf } from '../block.ts';
import { unpack } from '../pack/pack.ts';
import { addGrown, each } from '../portion.ts';
import type { Portion } from '../portion.ts';
import { plainInterval, plainService, services } from '../testing/intervals.ts';
import { floorTo, tiersOf } from '../tiers.ts';
import { Journal } from './journal.ts';

let server: TestServer;
let database: OpenDatabase;
let pool: Pool;
let url: string;
const startMs = Date.UTC(2026, 10, 1);
const nowMs = startMs + 400 * 86_400_000;
let journal: Journal;
let directors = 0;
let who = { directorId: '', name: 'lvs-1', journalId: 'j' };

beforeAll(async () => {
  server = await openTestServer();
  url = await server.createDatabase();
  await migrated(url);
  database = openDatabase(url, pino({ level: 'silent' }));
  pool = database.pool;
});
beforeEach(() => {
  journal = new Journal(pool, () => nowMs);
  directors += 1;
  who = { directorId: `d-${directors}`, name: 'lvs-1', journalId: 'j' };
});
afterAll(async () => {
  await database.close();
  await server.remove();
});

interface Stored {
  readonly kind: string;
  readonly tierSeconds: number;
  readonly startMs: number;
  readonly packed: Buffer;
}

async function stored(kind = 'services', tierSeconds = 10): Promise<Map<number, Portion[]>> {
  const { rows } = await pool.query<Stored>(
    `SELECT (EXTRACT(EPOCH FROM start) * 1000)::float8 AS "startMs", packed FROM "HistoryBlock" JOIN "HistoryDirector" ON number = "directorNumber"
      WHERE "directorId" = $1 AND kind = $2::"HistoryKind" AND "tierSeconds" = $3 ORDER BY start`, [who.directorId, kind, tierSeconds]);
  return new Map(rows.map((row) => [row.startMs, [...unpack(row.packed).portions.values()]]));
}

async function connections(tierSeconds = 10): Promise<[number, bigint][]> {
  return Array.from(await stored('services', tierSeconds), ([at, portions]) => [(at - startMs) / 1_000, portions.reduce((sum, { grown: { connections: own } }) => sum + (own !== null && typeof own !== 'string' ? own.all : 0n), 0n)]);
}

const at = (sequence: number, second: number, growth = 10n) => plainInterval(sequence, startMs + second * 1_000, [plainService({ growth, realServers: ['a', 'b'] })]);

describe('what a journal says', () => {
  it('is written once, however often it is said', async () => {
    expect(await journal.write({ ...who, intervals: [at(1, 0), at(2, 10)] })).toEqual({ sequence: 2, intervals: 2, refused: 0, leftOut: 0, setAside: [] });
    expect(await journal.write({ ...who, intervals: [at(1, 0), at(2, 10), at(3, 20), at(3, 20)] })).toMatchObject({ sequence: 3, intervals: 1 });
    expect(await connections()).toEqual([[0, 10n], [10, 10n], [20, 10n]]);
    expect(await journal.cursor(who.directorId)).toEqual({ journalId: 'j', sequence: 3 });
  });

  it('begins anew with another journal, and adds to what is there', async () => {
    await journal.write({ ...who, intervals: [at(1, 0), at(2, 10)] });
    await journal.write({ ...who, journalId: 'k', intervals: [at(1, 10, 7n)] });
    expect(await connections()).toEqual([[0, 10n], [10, 17n]]);
    expect(await journal.cursor(who.directorId)).toEqual({ journalId: 'k', sequence: 1 });
  });

  it('is joined where a clock that was set back gives a start twice, also in what was whole already', async () => {
    await journal.write({ ...who, intervals: Array.from({ length: 13 }, (_, index) => at(index + 1, index * 10)) });
    expect(await connections(60)).toEqual([[0, 60n], [60, 60n]]);
    await journal.write({ ...who, intervals: [at(14, 30, 5n), at(15, 40, 6n)] });
    expect((await connections()).slice(3, 5)).toEqual([[30, 15n], [40, 16n]]);
    expect(await connections(60)).toEqual([[0, 71n], [60, 60n]]);
  });

  it('is whole in what is coarser as soon as that is over, whatever is missing', async () => {
    await journal.write({ ...who, intervals: [at(1, 0), at(2, 50)] });
    await journal.write({ ...who, intervals: [at(3, 550)] });
    await journal.write({ ...who, intervals: [at(4, 590)] });
    await journal.write({ ...who, intervals: [at(5, 10_790)] });
    expect(await connections(60)).toEqual([[0, 20n], [540, 20n], [10_740, 10n]]);
    expect(await connections(600)).toEqual([[0, 40n], [10_200, 10n]]);
    expect(await connections(10_800)).toEqual([[0, 50n]]);
    expect((await stored('realServers', 600)).size).toBe(2);
  });

  it('of a time far ahead is not written, and does not hold up what follows', async () => {
    const late = { ...at(1, 0), startMs: floorTo(nowMs, 10_000) + 10 * 86_400_000 };
    expect(await journal.write({ ...who, intervals: [late, at(2, 0)] })).toMatchObject({ sequence: 2, intervals: 1, refused: 1 });
    expect(await connections()).toEqual([[0, 10n]]);
  });

  it('that the database refuses is set aside, and all around it is written', async () => {
    await pool.query(`ALTER TABLE "HistoryObject" ADD CONSTRAINT poison CHECK (key <> 'tcp poison')`);
    const poisoned = plainInterval(2, startMs + 10_000, [plainService({ serviceId: 'poison' })]);
    const written = await journal.write({ ...who, intervals: [at(1, 0), poisoned, at(3, 20)] });
    expect(written).toMatchObject({ sequence: 3, intervals: 2, setAside: [{ sequence: 2, startMs: startMs + 10_000 }] });
    expect(written.setAside[0]?.error.message).toContain('poison');
    expect(await connections()).toEqual([[0, 10n], [20, 10n]]);
    expect(await journal.write({ ...who, intervals: [{ ...poisoned, sequence: 4, startMs: startMs + 30_000 }] })).toMatchObject({ sequence: 4, intervals: 0, setAside: [{ sequence: 4 }] });
    expect(await journal.write({ ...who, intervals: [at(5, 40)] })).toMatchObject({ sequence: 5, intervals: 1, setAside: [] });
    expect(await connections()).toEqual([[0, 10n], [20, 10n], [40, 10n]]);
    await pool.query('ALTER TABLE "HistoryObject" DROP CONSTRAINT poison');
  });

  it('is not set aside where the database cannot write now', async () => {
    await pool.query('ALTER TABLE "HistoryBlock" RENAME TO "Elsewhere"');
    await expect(journal.write({ ...who, intervals: [at(1, 0)] })).rejects.toThrow('HistoryBlock');
    await pool.query('ALTER TABLE "Elsewhere" RENAME TO "HistoryBlock"');
    expect(await journal.cursor(who.directorId)).toEqual({ journalId: null, sequence: 0 });
    expect(await journal.write({ ...who, intervals: [at(1, 0)] })).toMatchObject({ sequence: 1, intervals: 1 });
  });

  it('goes on over a row that nobody can read any more', async () => {
    await journal.write({ ...who, intervals: [at(1, 0), at(2, 10)] });
    await pool.query(`UPDATE "HistoryBlock" SET packed = '\\x00' WHERE start = to_timestamp($1::float8 / 1000.0) AND "directorNumber" = (SELECT number FROM "HistoryDirector" WHERE "directorId" = $2)`, [startMs, who.directorId]);
    expect(await journal.write({ ...who, intervals: [at(3, 60), at(4, 0, 3n)] })).toMatchObject({ sequence: 4, intervals: 2, setAside: [] });
    expect(await connections(60)).toEqual([[0, 13n]]);
  });

  it('names no object that is removed meanwhile', async () => {
    await database.db.director.create({ data: { id: who.directorId, name: 'lvs-1', address: '10.0.0.1:9348', keyHash: 'k', enrolledBy: 'Ann' } });
    await journal.write({ ...who, intervals: [at(1, 0)] });
    const { rows: [director] } = await pool.query<{ number: number }>('SELECT number FROM "HistoryDirector" WHERE "directorId" = $1', [who.directorId]);
    const number = director?.number ?? 0;
    for (let sequence = 2; sequence <= 40; sequence += 1) {
      await pool.query('WITH gone AS (DELETE FROM "HistoryUsage" WHERE "directorNumber" = $1) DELETE FROM "HistoryBlock" WHERE "directorNumber" = $1', [number]);
      const write = () => journal.write({ ...who, intervals: [at(sequence, sequence * 10)] });
      const forget = () => journal.forgetUnnamed(number);
      await Promise.all(sequence % 2 === 0 ? [write(), forget(), forget()] : [forget(), write(), forget()]);
      const { rows } = await pool.query<{ packed: Buffer }>('SELECT packed FROM "HistoryBlock" WHERE "directorNumber" = $1', [number]);
      const { rows: objects } = await pool.query<{ number: number }>('SELECT number FROM "HistoryObject" WHERE "directorNumber" = $1', [number]);
      const known = new Set(objects.map((object) => object.number));
      const named = rows.flatMap(({ packed }) => [...unpack(packed).portions.keys()]);
      expect([named.length > 0, named.filter((object) => !known.has(object))]).toEqual([true, []]);
    }
  });

  it('is counted as it comes and changes', async () => {
    for (const intervals of [[at(1, 0), at(2, 10)], [at(3, 10)], Array.from({ length: 80 }, (_, index) => at(index + 4, 20 + index * 10)), [at(90, 30)]]) await journal.write({ ...who, intervals });
    const { rows } = await pool.query(`SELECT usage.rows - count(block.packed) AS rows, usage.bytes - sum(octet_length(block.packed)) AS bytes
      FROM "HistoryUsage" AS usage JOIN "HistoryBlock" AS block USING ("directorNumber", kind, "tierSeconds") JOIN "HistoryDirector" ON number = "directorNumber"
      WHERE "directorId" = $1 GROUP BY kind, "tierSeconds", usage.rows, usage.bytes`, [who.directorId]);
    expect(rows).toEqual(Array.from({ length: 6 }, () => ({ rows: '0', bytes: '0' })));
  });

  it('is there whole or not at all where the connection is killed in mid-transaction', async () => {
    await journal.write({ ...who, intervals: [at(1, 0)] });
    const holder = await pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('LOCK "HistoryUsage" IN ACCESS EXCLUSIVE MODE');
      const writing = journal.write({ ...who, intervals: [at(2, 10), at(3, 20)] }).then(() => 'written', () => 'lost');
      await expect.poll(async () => (await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`)).rowCount, { timeout: 15_000 }).toBeGreaterThan(0);
      expect(await writing).toBe('lost');
      await holder.query('COMMIT');
    } finally {
      holder.release();
    }
    expect(await connections()).toEqual([[0, 10n]]);
    expect(await journal.cursor(who.directorId)).toEqual({ journalId: 'j', sequence: 1 });
    expect(await journal.write({ ...who, intervals: [at(2, 10), at(3, 20)] })).toMatchObject({ sequence: 3, intervals: 2 });
    expect(await connections()).toEqual([[0, 10n], [10, 10n], [20, 10n]]);
  });
});

function totalOf(portions: readonly Portion[]): Pick<Portion, 'measuredMs' | 'grown'> | null {
  const [first, ...others] = portions;
  if (first === undefined) return null;
  return others.reduce<Pick<Portion, 'measuredMs' | 'grown'>>((sum, { measuredMs, grown }) => (
    { measuredMs: sum.measuredMs + measuredMs, grown: each((name) => addGrown(sum.grown[name], grown[name])) }), { measuredMs: first.measuredMs, grown: first.grown });
}

it('what is coarser equals the sums of what was said, whatever was said in whatever batches', async () => {
  const said = fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 2_200 }), services), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  await fc.assert(fc.asyncProperty(said, async (batches) => {
    directors += 1;
    who = { ...who, directorId: `d-${directors}` };
    let sequence = 0;
    const all = batches.map((batch) => batch.map(([ten, own]) => plainInterval(sequence += 1, startMs + ten * 10_000, own)));
    for (const intervals of all) await journal.write({ ...who, intervals });
    const { rows: [row] } = await pool.query<{ number: number }>('SELECT number FROM "HistoryDirector" WHERE "directorId" = $1', [who.directorId]);
    await journal.close(row?.number ?? 0);
    for (const kind of ['services', 'realServers'] as const) {
      for (const { lengthMs } of tiersOf[kind]) {
        const there = await stored(kind, lengthMs / 1_000);
        const byStart = new Map<number, Portion[]>();
        for (const interval of all.flat()) {
          const start = floorTo(interval.startMs, lengthMs);
          byStart.set(start, [...byStart.get(start) ?? [], ...portionsOf(interval).filter(({ object }) => object.kind === kind).map(({ portion }) => portion)]);
        }
        const wanted = new Map(Array.from(byStart, ([start, portions]) => [start, totalOf(portions)]));
        for (const [start, portions] of there) expect(totalOf(portions)).toEqual(wanted.get(start));
        expect([...wanted].filter(([start, total]) => total !== null && !there.has(start))).toEqual([]);
      }
    }
  }), { numRuns: 15 });
}, 60_000);
