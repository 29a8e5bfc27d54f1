// Whether a cluster's last change still waits to be confirmed: until then its directors may go back, and nothing is put on top of it.
import type { Tx } from '../../db/database.ts';
import { PanelError } from '../../errors.ts';

interface Timed {
  readonly confirmWithinMs: number | null;
  readonly directors: readonly { readonly sentAt: Date | null }[];
}

/** Every director's time ends when the first one's does. Null where none was sent, or nobody needs to confirm. By the panel's clock. */
export function deadlineOf({ confirmWithinMs, directors }: Timed): number | null {
  const sent = directors.flatMap(({ sentAt }) => sentAt?.getTime() ?? []);
  return confirmWithinMs === null || sent.length === 0 ? null : Math.min(...sent) + confirmWithinMs;
}

/** A director that does not answer has gone back by its own clock once the time is over, and keeps nobody waiting for longer. */
export async function refuseUnconfirmed(tx: Tx, clusterId: string): Promise<void> {
  const applies = await tx.apply.findMany({
    where: { clusterId, directors: { some: { confirmation: 'waiting', directorId: { not: null } } } },
    select: { revisionNumber: true, authorName: true, confirmWithinMs: true, directors: { select: { sentAt: true } } },
  });
  const open = applies.find((apply) => (deadlineOf(apply) ?? 0) > Date.now());
  if (open !== undefined) throw new PanelError('changeUnconfirmed', { revision: open.revisionNumber, author: open.authorName });
}
