// The person's own session and sessions.
import { Id } from '@weir/model';
import { z } from 'zod';
import { audit } from '../../audit.ts';
import { PanelError } from '../../errors.ts';
import { publicProcedure, router, viewer } from '../../trpc.ts';

export const sessionRouter = router({
  /** Null for nobody. */
  me: publicProcedure.query(({ ctx }) => ctx.person),

  list: viewer.query(async ({ ctx }) => {
    const sessions = await ctx.services.db.session.findMany({
      where: { userId: ctx.person.id, expiresAt: { gt: new Date() } },
      orderBy: { createdAt: 'desc' },
      select: { id: true, createdAt: true, seenAt: true, expiresAt: true, ipAddress: true, userAgent: true },
      take: 100,
    });
    return sessions.map((session) => ({ ...session, current: session.id === ctx.sessionId }));
  }),

  revoke: viewer.input(z.strictObject({ id: Id })).mutation(async ({ ctx, input }) => {
    const { db, auth } = ctx.services;
    const ended = await db.$transaction(async (tx) => {
      const ids = await auth.sessions.end(tx, { userId: ctx.person.id, id: input.id });
      if (ids.length === 0) throw new PanelError('noSuchSession');
      await audit(tx, ctx, { action: 'session.revoke', object: { kind: 'session', id: input.id } });
      return ids;
    });
    auth.sessions.announceEnd(ended);
  }),
});
