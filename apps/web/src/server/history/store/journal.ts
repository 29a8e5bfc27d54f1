// Writes down what a director's journal says: intervals, what is made of them, and how far the journal has come, in one transaction.
import { intervalMs } from '@weir/model';
import type { Interval } from '@weir/model';
import type { Pool, PoolClient } from 'pg';
import { joinBlocks, portionsOf } from '../block.ts';
import type { NamedPortion } from '../block.ts';
import type { Block } from '../pack/pack.ts';
import { coarsestMs, kinds } from '../tiers.ts';
import type { Kind } from '../tiers.ts';
import { numbersFor } from './objects.ts';
import type { Numbers } from './objects.ts';
import { writeAndRollUp } from './roll-up.ts';
import { inTransaction } from './transaction.ts';

/** A clock that is further ahead says nothing about when something was. */
const aheadMax = 24 * 60 * 60_000;

export interface Cursor {
  readonly journalId: string | null;
  readonly sequence: number;
}

export interface Heard {
  readonly directorId: string;
  readonly name: string;
  readonly journalId: string;
  readonly intervals: readonly Interval[];
}

export interface Written {
  /** Up to here the director may forget. */
  readonly sequence: number;
  readonly intervals: number;
  /** From a time to come: not written. */
  readonly refused: number;
  /** Of objects beyond those that a director may have: not written. */
  readonly leftOut: number;
}

interface DirectorRow extends Cursor {
  readonly number: number;
  readonly reachesToMs: number | null;
}

export class Journal {
  readonly #pool: Pool;
  readonly #now: () => number;
  /** By the director's id; only what is committed. */
  readonly #numbers = new Map<string, Numbers>();

  constructor(pool: Pool, now: () => number) {
    this.#pool = pool;
    this.#now = now;
  }

  async cursor(directorId: string): Promise<Cursor> {
    const { rows } = await this.#pool.query<Cursor>('SELECT "journalId", sequence::float8 AS sequence FROM "HistoryDirector" WHERE "directorId" = $1', [directorId]);
    return rows[0] ?? { journalId: null, sequence: 0 };
  }

  /** What the cursor is past already is not written again. */
  async write(heard: Heard): Promise<Written> {
    const known = this.#numbers.get(heard.directorId) ?? null;
    // Whether a commit that was not answered has been, the database knows.
    this.#numbers.delete(heard.directorId);
    const { numbers, ...written } = await inTransaction(this.#pool, (client) => this.#write(client, heard, known));
    this.#numbers.set(heard.directorId, numbers);
    return written;
  }

  /** What is coarser is made for a director that said nothing for long, before what it is made of goes. */
  async close(directorNumber: number): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      const director = await readDirector(client, 'number = $1', [directorNumber]);
      if (director?.reachesToMs == null) return;
      const nowMs = Math.ceil(director.reachesToMs / coarsestMs) * coarsestMs;
      for (const kind of kinds) await writeAndRollUp(client, directorNumber, kind, new Map(), { beforeMs: director.reachesToMs, nowMs });
      await client.query('UPDATE "HistoryDirector" SET "reachesTo" = to_timestamp($2::float8 / 1000.0) WHERE number = $1', [directorNumber, nowMs]);
    });
  }

  async #write(client: PoolClient, { directorId, name, journalId, intervals }: Heard, known: Numbers | null): Promise<Written & { numbers: Numbers }> {
    const director = await lockDirector(client, directorId, name);
    const after = director.journalId === journalId ? director.sequence : 0;
    const fresh = new Map(intervals.filter(({ sequence }) => sequence > after).map((interval) => [interval.sequence, interval]));
    const timely = [...fresh.values()].filter(({ startMs }) => startMs % intervalMs === 0 && startMs <= this.#now() + aheadMax).sort((a, b) => a.sequence - b.sequence);
    const named = timely.map((interval) => ({ interval, portions: portionsOf(interval) }));
    const numbers = await numbersFor(client, director.number, known, named.flatMap(({ portions }) => portions.map(({ object }) => object)));
    const whole = { beforeMs: director.reachesToMs, nowMs: reach(director, timely) ?? 0 };
    for (const kind of kinds) await writeAndRollUp(client, director.number, kind, blocksOf(kind, named, numbers), whole);
    const sequence = Math.max(after, ...fresh.keys());
    await client.query(
      `UPDATE "HistoryDirector" SET name = $2, "journalId" = $3, sequence = $4, "reachesTo" = to_timestamp($5::float8 / 1000.0) WHERE number = $1`,
      [director.number, name, journalId, sequence, reach(director, timely)]);
    const leftOut = named.reduce((sum, { portions }) => sum + portions.filter(({ object }) => !numbers.has(object.path)).length, 0);
    return { sequence, intervals: timely.length, refused: fresh.size - timely.length, leftOut, numbers };
  }
}

function reach({ reachesToMs }: DirectorRow, intervals: readonly Interval[]): number | null {
  const ends = intervals.map(({ startMs }) => startMs + intervalMs);
  return reachesToMs === null && ends.length === 0 ? null : Math.max(reachesToMs ?? 0, ...ends);
}

interface NamedInterval {
  readonly interval: Interval;
  readonly portions: readonly NamedPortion[];
}

/** By where they start: a clock that was set back makes two of one start. */
function blocksOf(kind: Kind, intervals: readonly NamedInterval[], numbers: Numbers): Map<number, Block> {
  const blocks = new Map<number, Block>();
  for (const { interval: { startMs, byteKind }, portions } of intervals) {
    const before = blocks.get(startMs);
    const own = portions.flatMap(({ object, portion }): Block[] => {
      const number = object.kind === kind ? numbers.get(object.path) : undefined;
      return number === undefined ? [] : [{ byteKind, portions: new Map([[number, portion]]) }];
    });
    if (own.length > 0) blocks.set(startMs, joinBlocks(before === undefined ? own : [before, ...own]));
  }
  return blocks;
}

async function lockDirector(client: PoolClient, directorId: string, name: string): Promise<DirectorRow> {
  const known = await readDirector(client, '"directorId" = $1', [directorId]);
  if (known !== null) return known;
  const { rows } = await client.query<{ number: number }>('INSERT INTO "HistoryDirector" ("directorId", name) VALUES ($1, $2) RETURNING number', [directorId, name]);
  return { number: rows[0]?.number ?? 0, journalId: null, sequence: 0, reachesToMs: null };
}

async function readDirector(client: PoolClient, which: string, values: readonly unknown[]): Promise<DirectorRow | null> {
  const { rows } = await client.query<DirectorRow>(
    `SELECT number, "journalId", sequence::float8 AS sequence, (EXTRACT(EPOCH FROM "reachesTo") * 1000)::float8 AS "reachesToMs"
       FROM "HistoryDirector" WHERE ${which} FOR UPDATE`, [...values]);
  return rows[0] ?? null;
}
