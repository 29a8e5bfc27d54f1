// The claims of a cluster: rewritten with its head, so that no two clusters have one service on one director.
import { claimsOf } from '@weir/model';
import type { Claim, ClusterDefinition } from '@weir/model';
import type { Database, Tx } from '../../db/database.ts';
import type { Conflict } from '../cluster-view.ts';

function placeOf({ directorId, key }: Claim): string {
  return `${directorId} ${key}`;
}

/** In one order for everybody: two writers wait for each other and never both ways. */
function ordered(definition: ClusterDefinition): { directorIds: string[]; keys: string[]; serviceIds: string[] } {
  const claims = claimsOf(definition).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return {
    directorIds: claims.map(({ directorId }) => directorId),
    keys: claims.map(({ key }) => key),
    serviceIds: claims.map(({ serviceId }) => serviceId),
  };
}

/** Throws a unique violation where another cluster has a claim, also one that is being saved at this moment. */
export async function rewriteClaims(tx: Tx, clusterId: string, definition: ClusterDefinition): Promise<void> {
  const { directorIds, keys, serviceIds } = ordered(definition);
  await tx.claim.deleteMany({ where: { clusterId } });
  await tx.$executeRaw`
    INSERT INTO "Claim" ("directorId", "key", "clusterId", "serviceId")
    SELECT "directorId", "key", ${clusterId}, "serviceId"
      FROM unnest(${directorIds}::text[], ${keys}::text[], ${serviceIds}::text[]) AS claim("directorId", "key", "serviceId")`;
}

/** The first claim of this definition that another cluster has; null where there is none. */
export async function conflictOf(db: Database | Tx, clusterId: string, definition: ClusterDefinition): Promise<Conflict | null> {
  const { directorIds, keys } = ordered(definition);
  const [found] = await db.$queryRaw<Conflict[]>`
    SELECT "Claim"."key" AS "key", "Cluster"."name" AS "cluster", "Director"."name" AS "director"
      FROM unnest(${directorIds}::text[], ${keys}::text[]) AS wanted("directorId", "key")
      JOIN "Claim" ON "Claim"."directorId" = wanted."directorId" AND "Claim"."key" = wanted."key"
      JOIN "Cluster" ON "Cluster"."id" = "Claim"."clusterId"
      JOIN "Director" ON "Director"."id" = "Claim"."directorId"
     WHERE "Claim"."clusterId" <> ${clusterId} ORDER BY 1, 3 LIMIT 1`;
  return found ?? null;
}
