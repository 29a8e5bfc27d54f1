// Revisions as the database has them: the list, one with its definition, whether it is approved, and what differs between two.
import { ClusterDefinition, differences } from '@weir/model';
import type { Database } from '../db/database.ts';
import type { Revision, Verdict } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';
import type { Approval, DefinedRevision, RevisionDifferences, RevisionView } from './cluster-view.ts';

const revisionsMax = 500;
// Nobody reads more; the rest is counted.
const differencesMax = 1_000;

const shown = {
  number: true, authorName: true, authorId: true, reason: true, createdAt: true, basedOn: true, proposed: true,
  verdict: { select: { decision: true, personName: true, at: true, note: true } },
} as const;

type Decided = Pick<Verdict, 'decision' | 'personName' | 'at' | 'note'>;

interface Row extends Omit<RevisionView, 'author' | 'approval'> {
  readonly authorName: string;
  readonly proposed: boolean;
  readonly verdict: Decided | null;
}

/** Newest first. */
export async function listRevisions(db: Database, clusterId: string): Promise<RevisionView[]> {
  return (await db.revision.findMany({ where: { clusterId }, orderBy: { number: 'desc' }, take: revisionsMax, select: shown })).map(viewOf);
}

export async function readRevision(db: Database, clusterId: string, number: number): Promise<DefinedRevision> {
  const row = await db.revision.findUnique({ where: { clusterId_number: { clusterId, number } }, select: { ...shown, definition: true } });
  if (row === null) throw new PanelError('noSuchRevision', { number });
  const { definition, ...rest } = row;
  return { ...viewOf(rest), definition: ClusterDefinition.parse(definition) };
}

export function differencesOf(before: ClusterDefinition, after: ClusterDefinition): RevisionDifferences {
  const all = differences(before, after);
  return { total: all.length, differences: all.slice(0, differencesMax) };
}

function viewOf({ authorName, proposed, verdict, ...row }: Row): RevisionView {
  return { ...row, author: authorName, approval: approvalOf({ proposed, verdict }) };
}

export function approvalOf({ proposed, verdict }: Pick<Revision, 'proposed'> & { readonly verdict: Decided | null }): Approval {
  if (!proposed) return { state: 'saved' };
  if (verdict === null) return { state: 'proposed' };
  const { decision, personName, at, note } = verdict;
  return { state: decision, by: personName, at, note };
}

export function isApproved({ state }: Approval): boolean {
  return state === 'saved' || state === 'approved';
}
