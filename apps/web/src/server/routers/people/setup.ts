// The first administrator, made with the one-time link that the panel wrote at its start.
import { z } from 'zod';
import { Email, Password, PersonName } from '../../people/fields.ts';
import { createFirstAdmin, setupNeeded } from '../../people/setup.ts';
import { publicProcedure, router } from '../../trpc.ts';

export const setupRouter = router({
  status: publicProcedure.query(async ({ ctx }) => ({ needed: await setupNeeded(ctx.services.db) })),

  createAdmin: publicProcedure
    .input(z.strictObject({ token: z.string().max(200), name: PersonName, email: Email, password: Password }))
    .mutation(async ({ ctx, input }) => {
      await createFirstAdmin(ctx.services.db, ctx, input, new Date());
      await ctx.services.setupDone();
    }),
});
