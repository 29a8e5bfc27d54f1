// The rows of packed blocks: read, written, and counted as they come and go. Who calls holds the director's row.
import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { pack, unpackReadable } from '../pack/pack.ts';
import type { Block } from '../pack/pack.ts';
import { joinBlocks } from '../block.ts';
import type { Kind } from '../tiers.ts';
import type { Reader } from './reader.ts';

export interface Shelf {
  readonly directorNumber: number;
  readonly kind: Kind;
  readonly lengthMs: number;
}

const where = `"directorNumber" = $1 AND kind = $2::"HistoryKind" AND "tierSeconds" = $3`;
const startMs = `(EXTRACT(EPOCH FROM start) * 1000)::float8 AS "startMs"`;

export function shelfKey({ directorNumber, kind, lengthMs }: Shelf): [number, Kind, number] {
  return [directorNumber, kind, lengthMs / 1_000];
}

interface Row {
  readonly startMs: number;
  readonly packed: Buffer;
}

/** In the order of time. */
export async function readBetween(reader: Reader, shelf: Shelf, fromMs: number, toMs: number, rowsMax: number): Promise<Row[]> {
  const { rows } = await reader.query<Row>(
    `SELECT ${startMs}, packed FROM "HistoryBlock" WHERE ${where} AND start >= to_timestamp($4::float8 / 1000.0) AND start < to_timestamp($5::float8 / 1000.0) ORDER BY start LIMIT $6`,
    [...shelfKey(shelf), fromMs, toMs, rowsMax]);
  return rows;
}

/** Of each of these stretches, in the order of time. */
export async function readWithin(client: PoolClient, shelf: Shelf, starts: readonly number[], lengthMs: number): Promise<(Row & { readonly withinMs: number })[]> {
  const { rows } = await client.query<Row & { withinMs: number }>(
    `SELECT within AS "withinMs", ${startMs}, packed FROM unnest($4::float8[]) AS within
       JOIN "HistoryBlock" ON ${where} AND start >= to_timestamp(within / 1000.0) AND start < to_timestamp((within + $5::float8) / 1000.0) ORDER BY start`,
    [...shelfKey(shelf), starts, lengthMs]);
  return rows;
}

async function readAt(client: PoolClient, shelf: Shelf, starts: readonly number[]): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `SELECT ${startMs}, packed FROM "HistoryBlock" WHERE ${where} AND start = ANY (SELECT to_timestamp(at / 1000.0) FROM unnest($4::float8[]) AS at)`,
    [...shelfKey(shelf), starts]);
  return rows;
}

/** What is there already is joined with what comes; where nobody can read it any more, what comes takes its place. */
export async function addBlocks(client: PoolClient, shelf: Shelf, added: ReadonlyMap<number, Block>): Promise<void> {
  if (added.size === 0) return;
  const there = new Map((await readAt(client, shelf, [...added.keys()])).map((row) => [row.startMs, row.packed]));
  const written: Row[] = [];
  for (const [start, block] of added) {
    const old = there.get(start);
    const before = old === undefined ? null : unpackReadable(old);
    written.push({ startMs: start, packed: pack(before === null ? block : joinBlocks([before, block])) });
    // Of the largest director it takes a while, and others wait for the panel too.
    await setImmediate();
  }
  await client.query(
    `INSERT INTO "HistoryBlock" ("directorNumber", kind, "tierSeconds", start, packed)
     SELECT $1, $2::"HistoryKind", $3, to_timestamp(at / 1000.0), bytes FROM unnest($4::float8[], $5::bytea[]) AS added (at, bytes)
     ON CONFLICT ("directorNumber", kind, "tierSeconds", start) DO UPDATE SET packed = EXCLUDED.packed`,
    [...shelfKey(shelf), written.map((row) => row.startMs), written.map(({ packed }) => packed)]);
  const bytes = sumOf(written) - sumOf([...there.values()].map((packed) => ({ packed })));
  await count(client, shelf, written.length - there.size, bytes);
}

function sumOf(rows: readonly Pick<Row, 'packed'>[]): number {
  return rows.reduce((sum, { packed }) => sum + packed.length, 0);
}

export async function count(client: Pick<PoolClient, 'query'>, shelf: Shelf, rows: number, bytes: number): Promise<void> {
  const { rowCount } = await client.query(`UPDATE "HistoryUsage" SET rows = rows + $4, bytes = bytes + $5 WHERE ${where}`, [...shelfKey(shelf), rows, bytes]);
  if (rowCount !== 0) return;
  await client.query(`INSERT INTO "HistoryUsage" ("directorNumber", kind, "tierSeconds", rows, bytes) VALUES ($1, $2::"HistoryKind", $3, $4, $5)`, [...shelfKey(shelf), rows, bytes]);
}
