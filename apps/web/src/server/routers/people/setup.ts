// The first administrator, made with the one-time link that the panel wrote at its start.
import { z } from 'zod';
import { Email, Password, PersonName } from '../../people/fields.ts';
import { createFirstAdmin, isUsableLink, setupNeeded } from '../../people/setup.ts';
import { publicProcedure, router } from '../../trpc.ts';

const Token = z.string().max(200);

export const setupRouter = router({
  /** `linkInvalid`: said before somebody fills in a form that is refused. */
  status: publicProcedure.input(z.strictObject({ token: Token }).optional()).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    return { needed: await setupNeeded(db), linkInvalid: input !== undefined && !await isUsableLink(db, input.token, new Date()) };
  }),

  createAdmin: publicProcedure
    .input(z.strictObject({ token: Token, name: PersonName, email: Email, password: Password }))
    .mutation(async ({ ctx, input }) => {
      await createFirstAdmin(ctx.services.db, ctx, input, new Date());
      await ctx.services.setupDone();
    }),
});
