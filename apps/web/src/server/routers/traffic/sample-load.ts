// The lab's sample load, on a host where the lab runs.
import { z } from 'zod';
import { operator, router, viewer } from '../../trpc.ts';

export const sampleLoadRouter = router({
  get: viewer.query(({ ctx }) => ctx.services.sampleLoad.get()),

  set: operator
    .input(z.strictObject({ on: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.sampleLoad.set(ctx, input.on)),
});
