// Somebody has seen an alert, and says so with a note: once, in the audit log and as an event.
import { audit } from '../audit.ts';
import type { Author } from '../clusters/saving/save.ts';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import { objectOf } from './open-row.ts';

export interface Acknowledgement {
  readonly alertId: string;
  /** That the person operates; null: those that belong to no cluster alone. */
  readonly clusterId: string | null;
  readonly note: string;
}

export async function acknowledge(db: Database, author: Author, { alertId, clusterId, note }: Acknowledgement, nowMs: number): Promise<void> {
  await db.$transaction(async (tx) => {
    const alert = await tx.alert.findUnique({ where: { id: alertId } });
    if (alert === null || alert.clusterId !== clusterId) throw new PanelError('noSuchAlert');
    const { count } = await tx.alert.updateMany({
      where: { id: alertId, firedAt: { not: null }, endedAt: null, acknowledgedAt: null }, data: { acknowledgedAt: new Date(nowMs), acknowledgedBy: author.person.name, note },
    });
    if (count === 0) throw new PanelError('alertNotOpen');
    await audit(tx, author, {
      action: clusterId === null ? 'alerts.acknowledgeGeneral' : 'alerts.acknowledge', object: { kind: 'alert', id: alertId, ...(alert.clusterName !== null && { name: alert.clusterName }) },
      after: { rule: alert.rule, note }, about: objectOf(alert),
    });
  });
}
