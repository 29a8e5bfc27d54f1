// What every change of a cluster goes through: the checks, one transaction, the cluster locked in it, and refusals in words.
import type { ClusterDefinition } from '@weir/model';
import type { Database, Tx } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/unique-violation.ts';
import { PanelError } from '../../errors.ts';
import { checkDefinition, checkDirectors, wantsNothing } from './check.ts';
import { conflictOf, rewriteClaims } from './claims.ts';
import type { Approval } from '../cluster-view.ts';
import { approvalOf } from '../revisions.ts';

// The largest known definition takes seconds, not minutes.
export const transactionMs = 20_000;

export async function writeDefinition<T>(db: Database, clusterId: string, definition: ClusterDefinition, change: (tx: Tx) => Promise<T>): Promise<T> {
  if (!wantsNothing(definition)) checkDefinition(definition);
  try {
    return await db.$transaction(async (tx) => {
      await checkDirectors(tx, definition.directors);
      return change(tx);
    }, { timeout: transactionMs });
  } catch (error) {
    if (isUniqueViolation(error, 'Cluster')) throw new PanelError('nameTaken', { name: definition.name }, error);
    // Two saves at once: the other one is committed by now and can be named.
    const conflict = error instanceof PanelError ? null : await conflictOf(db, clusterId, definition);
    throw conflict === null ? error : new PanelError('claimed', { ...conflict }, error);
  }
}

/** What is wanted has the claims. After whatever may have to wait for others, so that a conflict is told of what is there then. */
export async function claim(tx: Tx, clusterId: string, definition: ClusterDefinition): Promise<void> {
  const conflict = await conflictOf(tx, clusterId, definition);
  if (conflict !== null) throw new PanelError('claimed', { ...conflict });
  await rewriteClaims(tx, clusterId, definition);
}

export interface LockedRevision {
  readonly number: number;
  readonly authorId: string;
  readonly author: string;
  readonly createdAt: Date;
  readonly approval: Approval;
}

export interface LockedCluster {
  readonly name: string;
  readonly approvalRequired: boolean;
  readonly head: LockedRevision;
  readonly wanted: LockedRevision;
}

/** Whoever else wants to save, approve, retire or apply waits until the transaction ends. */
export async function lockCluster(tx: Tx, clusterId: string): Promise<LockedCluster> {
  const { retired, ...cluster } = await lockAnyCluster(tx, clusterId);
  if (retired) throw new PanelError('clusterRetired', { cluster: cluster.name });
  return cluster;
}

/** Also a retired one, which can still be taken off whoever holds it all the same. */
export async function lockAnyCluster(tx: Tx, clusterId: string): Promise<LockedCluster & { readonly retired: boolean }> {
  const [row] = await tx.$queryRaw<{ name: string; retired: boolean; approvalRequired: boolean; head: number; wanted: number }[]>`
    SELECT COALESCE("name", (SELECT "definition"->>'name' FROM "Revision" WHERE "clusterId" = "id" AND "number" = "wantedRevisionNumber")) AS "name",
           "name" IS NULL AS "retired", "approvalRequired", "headRevisionNumber" AS "head", "wantedRevisionNumber" AS "wanted"
      FROM "Cluster" WHERE "id" = ${clusterId} FOR UPDATE`;
  if (row === undefined) throw new PanelError('noSuchCluster');
  const head = await lockedRevision(tx, clusterId, row.head);
  const wanted = row.wanted === row.head ? head : await lockedRevision(tx, clusterId, row.wanted);
  return { ...row, head, wanted };
}

async function lockedRevision(tx: Tx, clusterId: string, number: number): Promise<LockedRevision> {
  const { authorId, authorName, createdAt, ...row } = await tx.revision.findUniqueOrThrow({
    where: { clusterId_number: { clusterId, number } }, select: { authorId: true, authorName: true, createdAt: true, proposed: true, verdict: true },
  });
  return { number, authorId, author: authorName, createdAt, approval: approvalOf(row) };
}
