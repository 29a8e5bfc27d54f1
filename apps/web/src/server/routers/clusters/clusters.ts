// Clusters and their revisions.
import { ClusterDefinition, Id, Reason, withoutSecrets } from '@weir/model';
import { z } from 'zod';
import { operates } from '../../auth/operates.ts';
import type { DefinedRevision } from '../../clusters/cluster-view.ts';
import { createTutorial, tutorialOffer } from '../../clusters/tutorial.ts';
import { admin, clusterOperator, operator, router, viewer } from '../../trpc.ts';

// The column's largest.
const RevisionNumber = z.int().min(1).max(2_147_483_647);
const ofCluster = z.strictObject({ clusterId: Id });
const ofRevision = ofCluster.extend({ number: RevisionNumber });
const ToRetire = ofCluster.extend({ base: RevisionNumber });
/** `fromDraft`: this version of the author's draft is over with it; null: none was kept. */
const FromDraft = z.strictObject({ version: RevisionNumber.nullable() });
const ToCreate = z.strictObject({ definition: ClusterDefinition, reason: Reason, fromDraft: FromDraft.optional() });
const Verdict = ofRevision.extend({ note: Reason.default('') });

/** Secrets are for those who may change them. */
function withoutTheirs<T extends DefinedRevision>(revision: T): T {
  return { ...revision, definition: withoutSecrets(revision.definition) };
}

export const clustersRouter = router({
  list: viewer.query(({ ctx }) => ctx.services.clusters.summaries()),

  get: viewer.input(ofCluster).query(({ ctx, input: { clusterId } }) => {
    const view = ctx.services.clusters.view(clusterId);
    if (operates(ctx.person, clusterId)) return view;
    return { ...view, head: withoutTheirs(view.head), wanted: view.wanted && withoutTheirs(view.wanted) };
  }),

  revisions: viewer.input(ofCluster).query(({ ctx, input }) => ctx.services.clusters.revisions(input.clusterId)),

  revision: viewer.input(ofRevision).query(async ({ ctx, input: { clusterId, number } }) => {
    const revision = await ctx.services.clusters.revision(clusterId, number);
    return operates(ctx.person, clusterId) ? revision : withoutTheirs(revision);
  }),

  differences: viewer
    .input(ofCluster.extend({ from: RevisionNumber, to: RevisionNumber }))
    .query(({ ctx, input: { clusterId, from, to } }) => (
      ctx.services.clusters.differences(clusterId, from, to, operates(ctx.person, clusterId) ? undefined : withoutSecrets))),

  create: operator
    .input(ToCreate)
    .mutation(({ ctx, input }) => ctx.services.clusters.create(ctx, input)),

  save: clusterOperator
    .input(ToCreate.extend({ clusterId: Id, base: RevisionNumber }))
    .mutation(({ ctx, input }) => ctx.services.clusters.save(ctx, input)),

  approve: clusterOperator.input(Verdict).mutation(({ ctx, input }) => ctx.services.clusters.decide(ctx, { ...input, decision: 'approved' })),

  reject: clusterOperator.input(Verdict).mutation(({ ctx, input }) => ctx.services.clusters.decide(ctx, { ...input, decision: 'rejected' })),

  setApproval: admin
    .input(ofCluster.extend({ required: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.clusters.setApproval(ctx, input.clusterId, input.required)),

  retired: viewer.query(({ ctx }) => ctx.services.clusters.retired()),

  /** Who may hold it, by all that was ever heard. */
  holders: viewer.input(ofCluster).query(({ ctx, input }) => ctx.services.forgetting.holdersOf(input.clusterId)),

  /** When every director has confirmed that it gave the cluster up. */
  retire: clusterOperator
    .input(ToRetire)
    .mutation(({ ctx, input }) => ctx.services.forgetting.retireCluster(ctx, input)),

  remains: admin.input(ofCluster).query(({ ctx, input }) => ctx.services.forgetting.ofCluster(input.clusterId)),

  /** When none of those that may hold it still answers. */
  forget: admin
    .input(ToRetire.extend({ name: z.string().max(1_000) }))
    .mutation(({ ctx, input }) => ctx.services.forgetting.forgetCluster(ctx, input)),

  tutorial: viewer.query(({ ctx }) => tutorialOffer(ctx.services)),

  createTutorial: operator.input(z.strictObject({})).mutation(({ ctx }) => createTutorial(ctx.services, ctx)),
});
