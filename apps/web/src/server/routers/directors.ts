// Directors: who they are, how the link to each stands, the way in for a new one and the ways out.
import { Id, Name } from '@weir/model';
import { z } from 'zod';
import { admin, clusterOperator, operator, patientViewer, router, viewer } from '../trpc.ts';

// A code has less than 500 characters; white space from copying may be in it.
const Code = z.string().min(1).max(1_000);
const ofDirector = z.strictObject({ directorId: Id });

export const directorsRouter = router({
  /** What is ignored for now is in no count of drift. */
  list: viewer.query(({ ctx }) => ctx.services.drift.counted(ctx.services.gateway.directors())),

  page: viewer.input(ofDirector).query(({ ctx, input }) => ctx.services.directors.page(input.directorId)),

  /** Asks its agent. */
  inspect: patientViewer.input(ofDirector).query(({ ctx, input }) => ctx.services.directors.inspect(input.directorId)),

  /** All counters on it, also those of clusters and rules of others. */
  zero: operator.input(ofDirector).mutation(({ ctx, input }) => ctx.services.directors.zero(ctx, { ...input, service: null })),

  zeroService: clusterOperator
    .input(ofDirector.extend({ clusterId: Id, serviceId: Id }))
    .mutation(({ ctx, input: { directorId, ...service } }) => ctx.services.directors.zero(ctx, { directorId, service })),

  enrol: admin
    .input(z.strictObject({ code: Code, name: Name }))
    .mutation(({ ctx, input }) => ctx.services.gateway.enrol(ctx, input)),

  /** A known director with a new key, or one that has to be bound anew: its id, its name and its part in clusters stay. */
  enrolAgain: admin
    .input(z.strictObject({ directorId: Id, code: Code }))
    .mutation(({ ctx, input }) => ctx.services.gateway.enrolAgain(ctx, input)),

  rename: admin
    .input(ofDirector.extend({ name: Name }))
    .mutation(({ ctx, input }) => ctx.services.gateway.rename(ctx, input)),

  /** For one that answers and holds nothing more. */
  remove: admin.input(ofDirector).mutation(({ ctx, input }) => ctx.services.forgetting.removeDirector(ctx, input.directorId)),

  remains: admin.input(ofDirector).query(({ ctx, input }) => ctx.services.forgetting.ofDirector(input.directorId)),

  /** For one that does not answer: what it forwards stays. */
  forget: admin
    .input(ofDirector.extend({ name: z.string().max(1_000) }))
    .mutation(({ ctx, input }) => ctx.services.forgetting.forgetDirector(ctx, input)),
});
