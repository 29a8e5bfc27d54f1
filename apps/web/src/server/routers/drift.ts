// Where directors forward otherwise than they should, and what is decided about it.
import { Id, line, Reason } from '@weir/model';
import { PlanDigest } from '@weir/protocol';
import { z } from 'zod';
import { clusterOperator, router, viewer } from '../trpc.ts';

const ofCluster = z.strictObject({ clusterId: Id });
const ofDirector = z.strictObject({ directorId: Id });

export const driftRouter = router({
  ofDirector: viewer.input(ofDirector).query(({ ctx, input }) => ctx.services.drift.ofDirector(input.directorId)),

  ofCluster: viewer.input(ofCluster).query(({ ctx, input }) => ctx.services.drift.ofCluster(input.clusterId)),

  ignore: clusterOperator
    .input(ofCluster.extend({ directorId: Id, key: PlanDigest, reason: Reason.min(1), endsAtMs: z.int().min(0) }))
    .mutation(({ ctx, input }) => ctx.services.drift.ignore(ctx, input)),

  endIgnoring: clusterOperator.input(ofCluster.extend({ id: Id })).mutation(({ ctx, input }) => ctx.services.drift.endIgnoring(ctx, input)),

  /** `rule`: the service of others, as the director's page writes it. Becomes a draft too. */
  adoptForeign: clusterOperator
    .input(ofCluster.extend({ directorId: Id, rule: line(500), reason: Reason }))
    .mutation(({ ctx, input }) => ctx.services.drift.adoptForeign(ctx, input)),

  /** Becomes a draft of whoever asks. */
  adopt: clusterOperator
    .input(ofCluster.extend({ directorId: Id, reason: Reason }))
    .mutation(({ ctx, input }) => ctx.services.drift.adopt(ctx, input)),
});
