// Writes the audit log: who did what to which object, from where, and what it was before and after. What is an event too is written with it.
import type { EventObject } from '../events/event.ts';
import { Prisma } from './db/generated/client.ts';
import type { AuditOutcome } from './db/generated/enums.ts';
import type { Tx } from './db/database.ts';
import { rowOf } from './events/draft.ts';
import { eventOfAudit } from './events/of-audit.ts';

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
  /** Whom its event concerns besides the object. */
  readonly about?: Partial<EventObject>;
}

/** Goes into the transaction of the change itself: neither is ever there without the other. */
export async function audit(tx: Tx, actor: Actor, change: AuditedChange): Promise<void> {
  const outcome = change.outcome ?? 'done';
  const nowMs = Date.now();
  const event = eventOfAudit({ ...change, atMs: nowMs, actorName: actor.person?.name ?? null, outcome }, change.about);
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
      outcome,
      ...(event !== null && { event: { create: rowOf(event, nowMs) } }),
    },
  });
}
