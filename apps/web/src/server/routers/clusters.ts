// Clusters and their revisions.
import { ClusterDefinition, Id, Reason } from '@weir/model';
import { z } from 'zod';
import { createTutorial, tutorialOffer } from '../clusters/tutorial.ts';
import { operator, router, viewer } from '../trpc.ts';

const RevisionNumber = z.int().min(1);
const ofCluster = z.strictObject({ clusterId: Id });

export const clustersRouter = router({
  list: viewer.query(({ ctx }) => ctx.services.clusters.summaries()),

  get: viewer.input(ofCluster).query(({ ctx, input }) => ctx.services.clusters.view(input.clusterId)),

  revisions: viewer.input(ofCluster).query(({ ctx, input }) => ctx.services.clusters.revisions(input.clusterId)),

  create: operator
    .input(z.strictObject({ definition: ClusterDefinition, reason: Reason }))
    .mutation(({ ctx, input }) => ctx.services.clusters.create(ctx, input)),

  save: operator
    .input(z.strictObject({ clusterId: Id, base: RevisionNumber, definition: ClusterDefinition, reason: Reason }))
    .mutation(({ ctx, input }) => ctx.services.clusters.save(ctx, input)),

  tutorial: viewer.query(({ ctx }) => tutorialOffer(ctx.services)),

  createTutorial: operator.input(z.strictObject({})).mutation(({ ctx }) => createTutorial(ctx.services, ctx)),
});
