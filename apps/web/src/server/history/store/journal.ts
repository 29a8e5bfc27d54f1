// Writes down what a director's journal says: intervals, what is made of them, and how far the journal has come, in one transaction.
import { setImmediate } from 'node:timers/promises';
import { intervalMs } from '@weir/model';
import type { Interval } from '@weir/model';
import type { Pool, PoolClient } from 'pg';
import { joinBlocks, portionsOf } from '../block.ts';
import type { NamedPortion } from '../block.ts';
import type { Block } from '../pack/pack.ts';
import { joined } from '../portion.ts';
import type { Portion } from '../portion.ts';
import { coarsestMs, kinds } from '../tiers.ts';
import type { Kind } from '../tiers.ts';
import { numbersFor, removeUnnamed } from './objects.ts';
import type { Numbers } from './objects.ts';
import { isRefused } from './refused.ts';
import { writeAndRollUp } from './roll-up.ts';
import { stockOf } from './stock.ts';
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

/** One that cannot be written, now or later. */
export interface SetAside {
  readonly sequence: number;
  readonly startMs: number;
  readonly error: Error;
}

export interface Written {
  /** Up to here the director may forget. */
  readonly sequence: number;
  readonly intervals: number;
  /** From a time to come: not written. */
  readonly refused: number;
  /** Of objects beyond those that a director may have: not written. */
  readonly leftOut: number;
  readonly setAside: readonly SetAside[];
}

interface DirectorRow extends Cursor {
  readonly number: number;
  readonly directorId: string;
  readonly reachesToMs: number | null;
}

export class Journal {
  readonly #pool: Pool;
  readonly #now: () => number;
  /** By the director's id; only what is committed. */
  readonly #numbers = new Map<string, Numbers>();
  /** How often some of them were removed. */
  #sweeps = 0;

  constructor(pool: Pool, now: () => number) {
    this.#pool = pool;
    this.#now = now;
  }

  async cursor(directorId: string): Promise<Cursor> {
    const { rows } = await this.#pool.query<Cursor>('SELECT "journalId", sequence::float8 AS sequence FROM "HistoryDirector" WHERE "directorId" = $1', [directorId]);
    return rows[0] ?? { journalId: null, sequence: 0 };
  }

  /** What the cursor is past already is not written again. An interval that is refused keeps none of the others out. */
  async write(heard: Heard): Promise<Written> {
    try {
      return await this.#writeTogether(heard);
    } catch (error) {
      if (heard.intervals.length === 0 || !isRefused(error)) throw error;
      return this.#writeEach(heard);
    }
  }

  async #writeTogether(heard: Heard, setAside: readonly SetAside[] = []): Promise<Written> {
    const { numbers, sweeps, ...written } = await inTransaction(this.#pool, (client) => this.#write(client, heard, setAside));
    // What was removed since this transaction ended is known no more.
    if (sweeps === this.#sweeps) this.#numbers.set(heard.directorId, numbers);
    return { ...written, setAside };
  }

  async #writeEach({ intervals, ...who }: Heard): Promise<Written> {
    let sum: Written = { sequence: 0, intervals: 0, refused: 0, leftOut: 0, setAside: [] };
    for (const interval of intervals.toSorted((a, b) => a.sequence - b.sequence)) {
      const one = await this.#writeTogether({ ...who, intervals: [interval] }).catch((error: unknown) => {
        if (!isRefused(error)) throw error;
        const { sequence, startMs } = interval;
        return this.#writeTogether({ ...who, intervals: [] }, [{ sequence, startMs, error }]);
      });
      sum = { sequence: one.sequence, intervals: sum.intervals + one.intervals, refused: sum.refused + one.refused, leftOut: sum.leftOut + one.leftOut, setAside: [...sum.setAside, ...one.setAside] };
    }
    return sum;
  }

  /** Removes objects that no row names any more, some at a time, and a director that the panel has no more when nothing is left of it. Answers how many went. */
  async forgetUnnamed(directorNumber: number): Promise<number> {
    return inTransaction(this.#pool, async (client) => {
      const director = await readDirector(client, 'number = $1', [directorNumber]);
      if (director === null) return 0;
      // Whoever writes next has waited for this transaction, and looks again.
      this.#numbers.delete(director.directorId);
      this.#sweeps += 1;
      let removed = 0;
      let isEmpty = true;
      for (const kind of kinds) {
        const since = [...(await stockOf(client, kind, [directorNumber])).values()].flatMap(({ sinceMs }) => sinceMs ?? []);
        isEmpty &&= since.length === 0;
        removed += await removeUnnamed(client, directorNumber, kind, since.length === 0 ? null : Math.min(...since));
      }
      if (isEmpty && removed === 0) await client.query('DELETE FROM "HistoryDirector" WHERE number = $1 AND NOT EXISTS (SELECT FROM "Director" WHERE id = $2)', [directorNumber, director.directorId]);
      return removed;
    });
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

  async #write(client: PoolClient, { directorId, name, journalId, intervals }: Heard, setAside: readonly SetAside[]): Promise<Omit<Written, 'setAside'> & { numbers: Numbers; sweeps: number }> {
    const director = await lockDirector(client, directorId, name);
    const sweeps = this.#sweeps;
    const known = this.#numbers.get(directorId) ?? null;
    // Whether a commit that was not answered has been, the database knows.
    this.#numbers.delete(directorId);
    const after = director.journalId === journalId ? director.sequence : 0;
    const fresh = new Map(intervals.filter(({ sequence }) => sequence > after).map((interval) => [interval.sequence, interval]));
    const timely = [...fresh.values()].filter(({ startMs }) => startMs % intervalMs === 0 && startMs <= this.#now() + aheadMax).sort((a, b) => a.sequence - b.sequence);
    const named: NamedInterval[] = [];
    for (const interval of timely) {
      named.push({ interval, portions: portionsOf(interval) });
      await setImmediate();
    }
    const numbers = await numbersFor(client, director.number, known, named.flatMap(({ interval: { startMs }, portions }) => portions.map(({ object }) => ({ object, startMs }))));
    const whole = { beforeMs: director.reachesToMs, nowMs: reach(director, timely) ?? 0 };
    for (const kind of kinds) await writeAndRollUp(client, director.number, kind, await blocksOf(kind, named, numbers), whole);
    const sequence = Math.max(after, ...fresh.keys(), ...setAside.map((one) => one.sequence));
    await client.query(
      `UPDATE "HistoryDirector" SET name = $2, "journalId" = $3, sequence = $4, "reachesTo" = to_timestamp($5::float8 / 1000.0) WHERE number = $1`,
      [director.number, name, journalId, sequence, reach(director, timely)]);
    const leftOut = named.reduce((sum, { portions }) => sum + portions.filter(({ object }) => !numbers.has(object.path)).length, 0);
    return { sequence, intervals: timely.length, refused: fresh.size - timely.length, leftOut, numbers, sweeps };
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

/** By where they start: a clock that was set back makes two of one start. Others have turns meanwhile. */
async function blocksOf(kind: Kind, intervals: readonly NamedInterval[], numbers: Numbers): Promise<Map<number, Block>> {
  const blocks = new Map<number, Block>();
  for (const { interval: { startMs, byteKind }, portions } of intervals) {
    const own = new Map<number, Portion>();
    for (const { object, portion } of portions) {
      const number = object.kind === kind ? numbers.get(object.path)?.number : undefined;
      if (number === undefined) continue;
      const twin = own.get(number);
      own.set(number, twin === undefined ? portion : joined(twin, portion));
    }
    const before = blocks.get(startMs);
    if (own.size > 0) blocks.set(startMs, joinBlocks([...before === undefined ? [] : [before], { byteKind, portions: own }]));
    await setImmediate();
  }
  return blocks;
}

async function lockDirector(client: PoolClient, directorId: string, name: string): Promise<DirectorRow> {
  const known = await readDirector(client, '"directorId" = $1', [directorId]);
  if (known !== null) return known;
  const { rows } = await client.query<{ number: number }>('INSERT INTO "HistoryDirector" ("directorId", name) VALUES ($1, $2) RETURNING number', [directorId, name]);
  return { number: rows[0]?.number ?? 0, directorId, journalId: null, sequence: 0, reachesToMs: null };
}

async function readDirector(client: PoolClient, which: string, values: readonly unknown[]): Promise<DirectorRow | null> {
  const { rows } = await client.query<DirectorRow>(
    `SELECT number, "directorId", "journalId", sequence::float8 AS sequence, (EXTRACT(EPOCH FROM "reachesTo") * 1000)::float8 AS "reachesToMs"
       FROM "HistoryDirector" WHERE ${which} FOR UPDATE`, [...values]);
  return rows[0] ?? null;
}
