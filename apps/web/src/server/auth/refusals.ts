// Writes refused requests to the audit log: the first in each minute, of a person for each procedure, of a stranger's address for all, since the
// log only grows.
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database } from '../db/database.ts';
import { createLimiter } from './limiter.ts';

export interface Refusals {
  record(actor: Actor, procedure: string): Promise<void>;
}

export function createRefusals(db: Database, now: () => number): Refusals {
  const limiter = createLimiter({ attemptsMax: 1, windowMs: 60_000 }, now);
  return {
    record: async (actor, procedure) => {
      const key = actor.person === null ? `${actor.address}` : `${actor.person.id} ${procedure}`;
      if (limiter.take(key) !== null) return;
      await audit(db, actor, { action: procedure, object: { kind: 'procedure', name: procedure }, outcome: 'refused' });
    },
  };
}
