// Sessions: who a request's cookie belongs to, and their end, by time, by the person or by an administrator.
import { EventEmitter } from 'node:events';
import type { Database, Tx } from '../db/database.ts';
import type { BetterAuth } from './better-auth.ts';
import type { SignedIn } from './person.ts';

export const idleMs = 60 * 60_000;
// A session's last use is written at most this often.
const seenEveryMs = 60_000;

interface SessionEvents {
  ended: [sessionIds: readonly string[]];
}

export interface Sessions {
  from(headers: Headers): Promise<SignedIn | null>;
  /** Ends what `where` selects. Tell `announceEnd` after the transaction has committed. */
  end(tx: Tx, where: { readonly userId: string; readonly id?: string }): Promise<string[]>;
  announceEnd(sessionIds: readonly string[]): void;
  onEnded(listener: (sessionIds: readonly string[]) => void): () => void;
  /** Ends those whose time is over. */
  sweep(): Promise<void>;
}

export function createSessions(db: Database, betterAuth: BetterAuth, now: () => Date): Sessions {
  const events = new EventEmitter<SessionEvents>();
  // One listener per part of the panel that holds streams open.
  events.setMaxListeners(50);

  const announceEnd = (sessionIds: readonly string[]): void => {
    if (sessionIds.length > 0) events.emit('ended', sessionIds);
  };

  async function sweep(): Promise<void> {
    const over = { OR: [{ expiresAt: { lte: now() } }, { seenAt: { lte: new Date(now().getTime() - idleMs) } }] };
    const sessions = await db.session.findMany({ where: over, select: { id: true } });
    const ids = sessions.map(({ id }) => id);
    await db.session.deleteMany({ where: { id: { in: ids }, ...over } });
    announceEnd(ids);
  }

  async function from(headers: Headers): Promise<SignedIn | null> {
    const found = await betterAuth.api.getSession({ headers, query: { disableCookieCache: true, disableRefresh: true } });
    if (found === null) return null;
    const { session, user } = found;
    const at = now().getTime();
    const seenAt = session.seenAt?.getTime() ?? session.createdAt.getTime();
    if (session.expiresAt.getTime() <= at || at - seenAt >= idleMs || (user.disabledAt ?? null) !== null) {
      await db.session.deleteMany({ where: { id: session.id } });
      announceEnd([session.id]);
      return null;
    }
    if (at - seenAt >= seenEveryMs) await db.session.updateMany({ where: { id: session.id }, data: { seenAt: now() } });
    const clusterIds = user.role === 'operator' && user.clustersLimited ? await clustersOf(db, user.id) : null;
    return { user: { id: user.id, email: user.email, name: user.name, role: user.role, clusterIds }, sessionId: session.id };
  }

  return {
    from,
    end: async (tx, where) => {
      const sessions = await tx.session.findMany({ where, select: { id: true } });
      await tx.session.deleteMany({ where: { id: { in: sessions.map(({ id }) => id) } } });
      return sessions.map(({ id }) => id);
    },
    announceEnd,
    onEnded: (listener) => {
      events.on('ended', listener);
      return () => void events.off('ended', listener);
    },
    sweep,
  };
}

async function clustersOf(db: Database, userId: string): Promise<string[]> {
  return (await db.operatorCluster.findMany({ where: { userId }, select: { clusterId: true } })).map(({ clusterId }) => clusterId);
}
