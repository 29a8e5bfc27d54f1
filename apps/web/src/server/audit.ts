// Writes the audit log: who did what to which object, from where, and what it was before and after.
import { Prisma } from './db/generated/client.ts';
import type { AuditOutcome } from './db/generated/enums.ts';
import type { Tx } from './db/database.ts';

/** Who acts: a request's context fits. A null person is nobody signed in, or, without an address, the panel itself. */
export interface Actor {
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly address: string | null;
}

export const panelItself: Actor = { person: null, address: null };

export interface AuditedChange {
  /** `noun.verb`, as the procedure is called: `people.setRole`. */
  readonly action: string;
  readonly object: { readonly kind: string; readonly id?: string; readonly name?: string };
  readonly before?: Prisma.InputJsonValue;
  readonly after?: Prisma.InputJsonValue;
  readonly outcome?: AuditOutcome;
}

/** Goes into the transaction of the change itself: neither is ever there without the other. */
export async function audit(tx: Tx, actor: Actor, change: AuditedChange): Promise<void> {
  await tx.auditEntry.create({
    data: {
      actorId: actor.person?.id ?? null,
      actorName: actor.person?.name ?? null,
      action: change.action,
      objectKind: change.object.kind,
      objectId: change.object.id ?? null,
      objectName: change.object.name ?? null,
      before: change.before ?? Prisma.DbNull,
      after: change.after ?? Prisma.DbNull,
      address: actor.address,
      outcome: change.outcome ?? 'done',
    },
  });
}
