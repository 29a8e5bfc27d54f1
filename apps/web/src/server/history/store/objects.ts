// The small numbers that stand for a director's services and real servers.
import type { PoolClient } from 'pg';
import type { Named } from '../block.ts';
import { floorTo } from '../tiers.ts';
import type { Kind } from '../tiers.ts';

/** Five times the largest known director; what comes beyond is left out and said. */
const objectsMax = 200_000;
/** What one transaction removes. */
const removedAtOnce = 2_000;
const dayMs = 24 * 60 * 60_000;

export interface Known {
  readonly number: number;
  /** All rows that name it begin before then. */
  readonly namedBeforeMs: number;
}

/** By path. */
export type Numbers = ReadonlyMap<string, Known>;

export interface Naming {
  readonly object: Named;
  readonly startMs: number;
}

type Row = Known & { readonly path: string };

const columns = `path, number, (EXTRACT(EPOCH FROM "namedBefore") * 1000)::float8 AS "namedBeforeMs"`;

/** What is known after this: to be remembered once the transaction is. */
export async function numbersFor(client: PoolClient, directorNumber: number, known: Numbers | null, namings: readonly Naming[]): Promise<Numbers> {
  const before = known ?? byPath((await client.query<Row>(`SELECT ${columns} FROM "HistoryObject" WHERE "directorNumber" = $1`, [directorNumber])).rows);
  const last = new Map<string, Naming>();
  for (const naming of namings) if (naming.startMs >= (last.get(naming.object.path)?.startMs ?? 0)) last.set(naming.object.path, naming);
  const all = [...last.values()];
  const added = all.filter(({ object }) => !before.has(object.path)).slice(0, Math.max(objectsMax - before.size, 0));
  const later = all.filter(({ object, startMs }) => startMs >= (before.get(object.path)?.namedBeforeMs ?? Infinity));
  if (added.length === 0 && later.length === 0) return before;
  return new Map([...before, ...byPath(await add(client, directorNumber, added)), ...byPath(await renew(client, before, later))]);
}

function byPath(rows: readonly Row[]): Map<string, Known> {
  return new Map(rows.map(({ path, number, namedBeforeMs }) => [path, { number, namedBeforeMs }]));
}

/** Said in advance, so that it is written once in a day or two. */
function namedBefore({ startMs }: Naming): number {
  return floorTo(startMs, dayMs) + 2 * dayMs;
}

async function add(client: PoolClient, directorNumber: number, added: readonly Naming[]): Promise<Row[]> {
  if (added.length === 0) return [];
  const objects = added.map(({ object }) => object);
  const { rows } = await client.query<Row>(
    `INSERT INTO "HistoryObject" ("directorNumber", kind, path, "clusterId", "serviceId", "realServerId", key, "namedBefore")
     SELECT $1, kind, path, cluster, service, rs, key, to_timestamp(at / 1000.0)
       FROM unnest($2::"HistoryKind"[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[]) AS added (kind, path, cluster, service, rs, key, at)
     RETURNING ${columns}`,
    [directorNumber, objects.map(({ kind }) => kind), objects.map(({ path }) => path), objects.map(({ clusterId }) => clusterId), objects.map(({ serviceId }) => serviceId),
      objects.map(({ realServerId }) => realServerId), objects.map(({ key }) => key), added.map(namedBefore)]);
  return rows;
}

async function renew(client: PoolClient, before: Numbers, later: readonly Naming[]): Promise<Row[]> {
  if (later.length === 0) return [];
  const { rows } = await client.query<Row>(
    `UPDATE "HistoryObject" SET "namedBefore" = to_timestamp(at / 1000.0) FROM unnest($1::int[], $2::float8[]) AS later (named, at) WHERE number = named RETURNING ${columns}`,
    [later.map(({ object }) => before.get(object.path)?.number ?? 0), later.map(namedBefore)]);
  return rows;
}

/** Those that no row names any more; `sinceMs`: where the oldest row begins, null: there is none. Answers how many there were, of as many as go at once. */
export async function removeUnnamed(client: PoolClient, directorNumber: number, kind: Kind, sinceMs: number | null): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM "HistoryObject" WHERE number IN (SELECT number FROM "HistoryObject" WHERE "directorNumber" = $1 AND kind = $2::"HistoryKind"
        AND ($3::float8 IS NULL OR "namedBefore" <= to_timestamp($3::float8 / 1000.0)) LIMIT $4)`,
    [directorNumber, kind, sinceMs, removedAtOnce]);
  return rowCount ?? 0;
}
