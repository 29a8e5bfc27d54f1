// Directors: who they are, how the link to each stands, and the way in for a new one.
import { Id, Name } from '@weir/model';
import { z } from 'zod';
import { admin, router, viewer } from '../trpc.ts';

// A code has less than 500 characters; white space from copying may be in it.
const Code = z.string().min(1).max(1_000);

export const directorsRouter = router({
  list: viewer.query(({ ctx }) => ctx.services.gateway.directors()),

  enrol: admin
    .input(z.strictObject({ code: Code, name: Name }))
    .mutation(({ ctx, input }) => ctx.services.gateway.enrol(ctx, input)),

  /** A known director with a new key, or one that has to be bound anew: its id, its name and its part in clusters stay. */
  enrolAgain: admin
    .input(z.strictObject({ directorId: Id, code: Code }))
    .mutation(({ ctx, input }) => ctx.services.gateway.enrolAgain(ctx, input)),
});
