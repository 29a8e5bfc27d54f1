// Limits an operator to some clusters, or to none in particular.
import type { Tx } from '../db/database.ts';
import type { Role } from '../db/generated/enums.ts';
import { PanelError } from '../errors.ts';

export interface LimitedPerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly clustersLimited: boolean;
}

/** Null: not limited. */
type ClusterNames = { readonly clusters: (string | null)[] | null };

/** Null takes the limit away. The limit outlives another role: it holds again when the person is an operator again. */
export async function limitToClusters(tx: Tx, person: LimitedPerson, clusterIds: readonly string[] | null): Promise<{ readonly before: ClusterNames; readonly after: ClusterNames }> {
  const { id: userId, name, role, clustersLimited } = person;
  if (clusterIds !== null && role !== 'operator') throw new PanelError('notAnOperator', { name });
  // The row is locked by it: two administrators take their turn.
  await tx.user.update({ where: { id: userId }, data: { clustersLimited: clusterIds !== null } });
  const held = await tx.operatorCluster.findMany({ where: { userId }, select: { cluster: { select: { name: true } } }, orderBy: { cluster: { name: 'asc' } } });
  const wanted = await lockClusters(tx, [...new Set(clusterIds)]);
  await tx.operatorCluster.deleteMany({ where: { userId } });
  await tx.operatorCluster.createMany({ data: wanted.map(({ id: clusterId }) => ({ userId, clusterId })) });
  return {
    before: { clusters: clustersLimited ? held.map(({ cluster }) => cluster.name) : null },
    after: { clusters: clusterIds === null ? null : wanted.map((cluster) => cluster.name) },
  };
}

/** None of them can go away before this has committed. */
async function lockClusters(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const found = await tx.$queryRaw<{ id: string; name: string }[]>`SELECT "id", "name" FROM "Cluster" WHERE "id" = ANY(${ids}::text[]) AND "retiredAt" IS NULL ORDER BY "name" FOR KEY SHARE`;
  if (found.length < ids.length) throw new PanelError('noSuchCluster');
  return found;
}
