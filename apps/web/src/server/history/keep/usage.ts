// How much history there is, as it was counted, and what it takes on the disk.
import type { Pool } from 'pg';
import type { Kind, Tier } from '../tiers.ts';
import { kinds, tiersOf } from '../tiers.ts';

export interface Shelf {
  readonly kind: Kind;
  readonly tier: Tier;
}

/** Finest first, and of these the larger first: the order in which history gives way. */
export const shelves: readonly Shelf[] = kinds
  .flatMap((kind) => tiersOf[kind].map((tier): Shelf => ({ kind, tier })))
  .sort((a, b) => a.tier.lengthMs - b.tier.lengthMs || a.kind.localeCompare(b.kind));

/** What PostgreSQL adds to each row with its place in the index, and to the bytes themselves, as measured on full tables. */
const rowOverheadBytes = 120;
const bytesOverhead = 1.06;

export interface Counted {
  readonly rows: number;
  readonly bytes: number;
}

export function storedBytes({ rows, bytes }: Counted): number {
  return Math.round(rows * rowOverheadBytes + bytes * bytesOverhead);
}

export interface Usage extends Shelf, Counted {
  readonly storedBytes: number;
  /** Where its oldest row begins; null: it has none. */
  readonly sinceMs: number | null;
}

interface Row extends Counted {
  readonly kind: Kind;
  readonly lengthMs: number;
  readonly sinceMs: number | null;
}

export async function readUsage(pool: Pool): Promise<Usage[]> {
  const { rows } = await pool.query<Row>(
    `SELECT usage.kind, usage."tierSeconds" * 1000 AS "lengthMs", sum(usage.rows)::float8 AS rows, sum(usage.bytes)::float8 AS bytes,
            (EXTRACT(EPOCH FROM min(first.start)) * 1000)::float8 AS "sinceMs"
       FROM "HistoryUsage" AS usage
       LEFT JOIN LATERAL (SELECT start FROM "HistoryBlock" AS block WHERE block."directorNumber" = usage."directorNumber" AND block.kind = usage.kind
                             AND block."tierSeconds" = usage."tierSeconds" ORDER BY start LIMIT 1) AS first ON true
      GROUP BY usage.kind, usage."tierSeconds"`);
  return shelves.map((shelf): Usage => {
    const found = rows.find(({ kind, lengthMs }) => kind === shelf.kind && lengthMs === shelf.tier.lengthMs);
    const counted = { rows: found?.rows ?? 0, bytes: found?.bytes ?? 0 };
    return { ...shelf, ...counted, storedBytes: storedBytes(counted), sinceMs: found?.sinceMs ?? null };
  });
}

/** With what was given back by rows that went and waits for others. */
export async function readDiskBytes(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: number }>(
    `SELECT sum(pg_total_relation_size(name::regclass))::float8 AS bytes FROM unnest(ARRAY['"HistoryBlock"', '"HistoryObject"', '"HistoryDirector"', '"HistoryUsage"']) AS name`);
  return rows[0]?.bytes ?? 0;
}

/** Rows of a tier that begin since a time, of directors together. */
export interface Written extends Counted {
  readonly kind: Kind;
  readonly lengthMs: number;
  /** Where the oldest of them begins. */
  readonly sinceMs: number;
}

/** What rows there are that begin since then, how heavy, and where they begin. */
export async function readWritten(pool: Pool, fromMs: number): Promise<Written[]> {
  const { rows } = await pool.query<Written>(
    `SELECT usage.kind, usage."tierSeconds" * 1000 AS "lengthMs", sum(written.rows)::float8 AS rows, sum(written.bytes)::float8 AS bytes,
            (EXTRACT(EPOCH FROM min(written.since)) * 1000)::float8 AS "sinceMs"
       FROM "HistoryUsage" AS usage
      CROSS JOIN LATERAL (SELECT count(*) AS rows, coalesce(sum(octet_length(packed)), 0) AS bytes, min(start) AS since FROM "HistoryBlock" AS block
                           WHERE block."directorNumber" = usage."directorNumber" AND block.kind = usage.kind AND block."tierSeconds" = usage."tierSeconds"
                             AND block.start >= to_timestamp($1::float8 / 1000.0)) AS written
      GROUP BY usage.kind, usage."tierSeconds" HAVING sum(written.rows) > 0`, [fromMs]);
  return rows;
}
