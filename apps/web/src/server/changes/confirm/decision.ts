// What a person decides about the directors that wait when the first one is done, as the audit log has it.
import { audit } from '../../audit.ts';
import type { Author } from '../../clusters/saving/save.ts';
import type { Database } from '../../db/database.ts';
import { PanelError } from '../../errors.ts';
import type { Said } from './say-answer.ts';

export interface HeldApply extends Said {
  readonly clusterName: string | null;
  readonly revision: number;
  /** Names of those that wait. */
  readonly waiting: readonly string[];
}

export async function heldApply(db: Database, { applyId, clusterId }: Said): Promise<HeldApply> {
  const apply = await db.apply.findUnique({
    where: { id: applyId },
    select: {
      clusterId: true, revisionNumber: true, cluster: { select: { name: true } },
      directors: { where: { sentAt: null, outcome: null }, orderBy: { position: 'asc' }, select: { directorName: true } },
    },
  });
  if (apply?.clusterId !== clusterId) throw new PanelError('noSuchApply');
  return { applyId, clusterId, clusterName: apply.cluster.name, revision: apply.revisionNumber, waiting: apply.directors.map(({ directorName }) => directorName) };
}

export async function auditDecision(db: Database, { person, address }: Author, { applyId, clusterId, clusterName, revision, waiting }: HeldApply, action: string): Promise<void> {
  await db.$transaction((tx) => audit(tx, { person, address }, {
    action, object: { kind: 'cluster', id: clusterId, ...(clusterName !== null && { name: clusterName }) }, after: { applyId, revision, directors: [...waiting] },
  }));
}
