// Saving: one transaction writes the revision, the claims, the head and the audit entry, or none of them.
import type { ClusterDefinition } from '@weir/model';
import { nanoid } from 'nanoid';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database, Tx } from '../db/database.ts';
import { isUniqueViolation } from '../db/unique-violation.ts';
import { PanelError } from '../errors.ts';
import { checkDefinition, checkDirectors } from './check.ts';
import { conflictOf, rewriteClaims } from './claims.ts';
import type { Head } from './heads.ts';

/** Whoever saves a revision has a name: the panel never does it by itself. */
export interface Author extends Actor {
  readonly person: { readonly id: string; readonly name: string };
}

export interface NewCluster {
  readonly definition: ClusterDefinition;
  readonly reason: string;
}

export interface NewRevision extends NewCluster {
  readonly clusterId: string;
  /** The revision its author began from. */
  readonly base: number;
}

// The largest known definition takes seconds, not minutes.
const transactionMs = 20_000;

export async function createCluster(db: Database, author: Author, { definition, reason }: NewCluster): Promise<Head> {
  const clusterId = nanoid();
  const { name } = definition;
  return write(db, clusterId, definition, async (tx) => {
    await tx.cluster.create({ data: { id: clusterId, name, headRevisionNumber: 1 } });
    const head = await writeRevision(tx, author, { clusterId, number: 1, basedOn: null, definition, reason });
    await audit(tx, author, { action: 'clusters.create', object: { kind: 'cluster', id: clusterId, name }, after: { revision: 1, reason } });
    return head;
  });
}

export async function saveRevision(db: Database, author: Author, { clusterId, base, definition, reason }: NewRevision): Promise<Head> {
  return write(db, clusterId, definition, async (tx) => {
    const before = await lockHead(tx, clusterId);
    if (before.number !== base) throw new PanelError('staleRevision', { base, head: before.number, author: before.author, at: before.createdAt.toISOString() });
    const number = base + 1;
    const { name } = definition;
    const head = await writeRevision(tx, author, { clusterId, number, basedOn: base, definition, reason });
    await tx.cluster.update({ where: { id: clusterId }, data: { name, headRevisionNumber: number } });
    await audit(tx, author, {
      action: 'clusters.save',
      object: { kind: 'cluster', id: clusterId, name },
      before: { revision: base, name: before.name },
      after: { revision: number, name, reason },
    });
    return head;
  });
}

async function write(db: Database, clusterId: string, definition: ClusterDefinition, change: (tx: Tx) => Promise<Head>): Promise<Head> {
  checkDefinition(definition);
  try {
    return await db.$transaction(async (tx) => {
      await checkDirectors(tx, definition);
      const head = await change(tx);
      const conflict = await conflictOf(tx, clusterId, definition);
      if (conflict !== null) throw conflict;
      await rewriteClaims(tx, clusterId, definition);
      return head;
    }, { timeout: transactionMs });
  } catch (error) {
    if (isUniqueViolation(error, 'Cluster')) throw new PanelError('nameTaken', { name: definition.name }, error);
    // Two saves at once: the other one is committed by now and can be named.
    throw (error instanceof PanelError ? null : await conflictOf(db, clusterId, definition)) ?? error;
  }
}

export interface LockedHead {
  readonly name: string;
  readonly number: number;
  readonly author: string;
  readonly createdAt: Date;
}

/** Whoever else wants to move the head or apply it waits until the transaction ends. */
export async function lockHead(tx: Tx, clusterId: string): Promise<LockedHead> {
  const [cluster] = await tx.$queryRaw<{ name: string; number: number }[]>`
    SELECT "name", "headRevisionNumber" AS "number" FROM "Cluster" WHERE "id" = ${clusterId} FOR UPDATE`;
  if (cluster === undefined) throw new PanelError('noSuchCluster');
  const { authorName, createdAt } = await tx.revision.findUniqueOrThrow({
    where: { clusterId_number: { clusterId, number: cluster.number } }, select: { authorName: true, createdAt: true },
  });
  return { ...cluster, author: authorName, createdAt };
}

type RevisionToWrite = Pick<Head, 'clusterId' | 'number' | 'basedOn' | 'definition' | 'reason'>;

async function writeRevision(tx: Tx, { person }: Author, revision: RevisionToWrite): Promise<Head> {
  const { createdAt } = await tx.revision.create({ data: { ...revision, authorId: person.id, authorName: person.name }, select: { createdAt: true } });
  return { ...revision, name: revision.definition.name, author: person.name, createdAt };
}
