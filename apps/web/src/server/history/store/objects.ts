// The small numbers that stand for a director's services and real servers.
import type { PoolClient } from 'pg';
import type { Named } from '../block.ts';

/** Five times the largest known director; what comes beyond is left out and said. */
const objectsMax = 200_000;

export type Numbers = ReadonlyMap<string, number>;

/** What is known after this: to be remembered once the transaction is. */
export async function numbersFor(client: PoolClient, directorNumber: number, known: Numbers | null, objects: readonly Named[]): Promise<Numbers> {
  const before = known ?? await readNumbers(client, directorNumber);
  const unknown = new Map(objects.filter(({ path }) => !before.has(path)).map((object) => [object.path, object]));
  const added = [...unknown.values()].slice(0, Math.max(objectsMax - before.size, 0));
  if (added.length === 0) return before;
  const { rows } = await client.query<{ path: string; number: number }>(
    `INSERT INTO "HistoryObject" ("directorNumber", kind, path, "clusterId", "serviceId", "realServerId", key)
     SELECT $1, * FROM unnest($2::"HistoryKind"[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) RETURNING path, number`,
    [directorNumber, added.map(({ kind }) => kind), added.map(({ path }) => path), added.map(({ clusterId }) => clusterId), added.map(({ serviceId }) => serviceId),
      added.map(({ realServerId }) => realServerId), added.map(({ key }) => key)]);
  return new Map([...before, ...rows.map(({ path, number }): [string, number] => [path, number])]);
}

async function readNumbers(client: PoolClient, directorNumber: number): Promise<Numbers> {
  const { rows } = await client.query<{ path: string; number: number }>('SELECT path, number FROM "HistoryObject" WHERE "directorNumber" = $1', [directorNumber]);
  return new Map(rows.map(({ path, number }) => [path, number]));
}
