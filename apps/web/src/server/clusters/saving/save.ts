// Saving: one transaction writes the revision, the claims, the head and the audit entry, or none of them.
import type { ClusterDefinition } from '@weir/model';
import { nanoid } from 'nanoid';
import { audit } from '../../audit.ts';
import type { Actor } from '../../audit.ts';
import type { Database, Tx } from '../../db/database.ts';
import { endDraft } from '../../drafts/drafts.ts';
import type { DraftPlace } from '../../drafts/drafts.ts';
import { PanelError } from '../../errors.ts';
import { checkDefinition, wantsNothing } from './check.ts';
import { approvalOf } from '../revisions.ts';
import type { KnownRevision } from '../standings.ts';
import { claim, lockCluster, writeDefinition } from './writing.ts';

/** Whoever saves a revision has a name: the panel never does it by itself. */
export interface Author extends Actor {
  readonly person: { readonly id: string; readonly name: string };
}

export interface NewCluster {
  readonly definition: ClusterDefinition;
  readonly reason: string;
  /** It was this version of the author's draft, which is over with it. */
  readonly fromDraft?: { readonly version: number | null } | undefined;
}

export interface Saved {
  readonly revision: KnownRevision;
  /** Another tab went on with the draft, and that is kept. */
  readonly draftStays: boolean;
}

export interface NewRevision extends NewCluster {
  readonly clusterId: string;
  /** The revision its author began from. */
  readonly base: number;
}

export async function createCluster(db: Database, author: Author, { definition, reason, fromDraft }: NewCluster): Promise<Saved> {
  const clusterId = nanoid();
  const { name } = definition;
  // What is to be taken off must have been there.
  if (wantsNothing(definition)) checkDefinition(definition);
  return writeDefinition(db, clusterId, definition, async (tx) => {
    await tx.cluster.create({ data: { id: clusterId, name, headRevisionNumber: 1, wantedRevisionNumber: 1 } });
    const revision = await writeRevision(tx, author, { clusterId, number: 1, basedOn: null, definition, reason, proposed: false });
    await audit(tx, author, { action: 'clusters.create', object: { kind: 'cluster', id: clusterId, name }, after: { revision: 1, reason } });
    const draftStays = await isKept(tx, { personId: author.person.id, clusterId: null }, fromDraft);
    await claim(tx, clusterId, definition);
    return { revision, draftStays };
  });
}

/** Without an approval rule saving approves; with it the revision is proposed, and name and claims stay those of the wanted one. */
export async function saveRevision(db: Database, author: Author, { clusterId, base, definition, reason, fromDraft }: NewRevision): Promise<Saved> {
  return writeDefinition(db, clusterId, definition, async (tx) => {
    const { head, approvalRequired: proposed, ...before } = await lockCluster(tx, clusterId);
    if (head.number !== base) throw new PanelError('staleRevision', { base, head: head.number, author: head.author, authorId: head.authorId, at: head.createdAt.toISOString() });
    const number = base + 1;
    const { name } = definition;
    const revision = await writeRevision(tx, author, { clusterId, number, basedOn: base, definition, reason, proposed });
    const wanted = proposed ? {} : { name, wantedRevisionNumber: number };
    await tx.cluster.update({ where: { id: clusterId }, data: { headRevisionNumber: number, ...wanted } });
    await audit(tx, author, {
      action: 'clusters.save',
      object: { kind: 'cluster', id: clusterId, name: proposed ? before.name : name },
      before: { revision: base, name: before.name },
      after: { revision: number, name, reason, ...(proposed && { proposed }) },
    });
    const draftStays = await isKept(tx, { personId: author.person.id, clusterId }, fromDraft);
    if (!proposed) await claim(tx, clusterId, definition);
    return { revision, draftStays };
  });
}

async function isKept(tx: Tx, place: DraftPlace, fromDraft: NewCluster['fromDraft']): Promise<boolean> {
  return fromDraft !== undefined && endDraft(tx, place, fromDraft.version);
}

type RevisionToWrite = Pick<KnownRevision, 'clusterId' | 'number' | 'basedOn' | 'definition' | 'reason'> & { readonly proposed: boolean };

async function writeRevision(tx: Tx, { person }: Author, { proposed, ...revision }: RevisionToWrite): Promise<KnownRevision> {
  const { createdAt } = await tx.revision.create({
    data: { ...revision, proposed, authorId: person.id, authorName: person.name }, select: { createdAt: true },
  });
  const approval = approvalOf({ proposed, verdict: null });
  return { ...revision, name: revision.definition.name, author: person.name, authorId: person.id, createdAt, approval };
}
