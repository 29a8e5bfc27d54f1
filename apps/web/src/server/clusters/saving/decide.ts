// The approval rule of a cluster, and what another person than its author decides on a proposed revision.
import type { ClusterDefinition } from '@weir/model';
import { audit } from '../../audit.ts';
import type { Database, Tx } from '../../db/database.ts';
import type { Decision } from '../../db/generated/enums.ts';
import { PanelError } from '../../errors.ts';
import type { Approval } from '../cluster-view.ts';
import type { Author } from './save.ts';
import { claim, lockCluster, writeDefinition } from './writing.ts';
import type { LockedRevision } from './writing.ts';

export interface NewVerdict {
  readonly clusterId: string;
  readonly number: number;
  readonly decision: Decision;
  readonly note: string;
}

/** An approved revision is checked as when it is saved: directors and claims may be others by now. */
export async function decide(db: Database, author: Author, verdict: NewVerdict, definition: ClusterDefinition): Promise<Approval> {
  const { clusterId, number, decision } = verdict;
  if (decision === 'rejected') return db.$transaction((tx) => writeVerdict(tx, author, verdict));
  return writeDefinition(db, clusterId, definition, async (tx) => {
    const approval = await writeVerdict(tx, author, verdict);
    await tx.cluster.update({ where: { id: clusterId }, data: { name: definition.name, wantedRevisionNumber: number } });
    await claim(tx, clusterId, definition);
    return approval;
  });
}

async function writeVerdict(tx: Tx, author: Author, { clusterId, number, decision, note }: NewVerdict): Promise<Approval> {
  const { name, head, wanted } = await lockCluster(tx, clusterId);
  refuseVerdict(author, head, number);
  const { id: personId, name: personName } = author.person;
  const { at } = await tx.verdict.create({ data: { clusterId, revisionNumber: number, decision, personId, personName, note } });
  await audit(tx, author, {
    action: decision === 'approved' ? 'clusters.approve' : 'clusters.reject',
    object: { kind: 'cluster', id: clusterId, name },
    before: { wanted: wanted.number },
    after: { wanted: decision === 'approved' ? number : wanted.number, revision: number, author: head.author, note },
  });
  return { state: decision, by: personName, at, note };
}

/** Only the newest revision is decided on: whoever looked at an older one looks at the newest first. */
function refuseVerdict({ person }: Author, head: LockedRevision, number: number): void {
  if (number > head.number) throw new PanelError('noSuchRevision', { number });
  if (number < head.number) throw new PanelError('revisionMovedOn', { number, head: head.number, author: head.author });
  const { approval } = head;
  if (approval.state === 'saved') throw new PanelError('alreadyDecided', { number, decision: 'saved', by: head.author });
  if (approval.state !== 'proposed') throw new PanelError('alreadyDecided', { number, decision: approval.state, by: approval.by });
  if (head.authorId === person.id) throw new PanelError('ownRevision', { number });
}

/** Changes no revision: what is proposed stays so until somebody decides, what is approved stays approved. */
export async function setApprovalRule(db: Database, author: Author, clusterId: string, required: boolean): Promise<void> {
  await db.$transaction(async (tx) => {
    const { name, approvalRequired } = await lockCluster(tx, clusterId);
    if (approvalRequired === required) return;
    await tx.cluster.update({ where: { id: clusterId }, data: { approvalRequired: required } });
    await audit(tx, author, {
      action: 'clusters.setApproval', object: { kind: 'cluster', id: clusterId, name }, before: { approvalRequired }, after: { approvalRequired: required },
    });
  });
}
