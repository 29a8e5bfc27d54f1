// Where directors forward otherwise than they should, and what is decided about it.
import { Id, line, Reason } from '@weir/model';
import { PlanDigest } from '@weir/protocol';
import { z } from 'zod';
import { operates } from '../../auth/operates.ts';
import { PanelError } from '../../errors.ts';
import { clusterOperator, patientViewer, router, viewer } from '../../trpc.ts';
import type { Context } from '../../trpc.ts';

const ofCluster = z.strictObject({ clusterId: Id });
const ofDirector = z.strictObject({ directorId: Id });

/** What belongs to no cluster alone is not for who operates some of them; whoever tries is in the audit log. */
async function recorded(ctx: Context, path: string, decision: Promise<void>): Promise<void> {
  try {
    await decision;
  } catch (error) {
    if (error instanceof PanelError && error.code === 'limitedToClusters') await ctx.services.auth.refusals.record(ctx, path);
    throw error;
  }
}

export const driftRouter = router({
  ofDirector: viewer.input(ofDirector).query(({ ctx, input }) => ctx.services.drift.ofDirector(input.directorId)),

  ofCluster: viewer.input(ofCluster).query(({ ctx, input }) => ctx.services.drift.ofCluster(input.clusterId)),

  /** Also what the director does not list by itself. */
  whole: patientViewer.input(ofDirector.extend({ clusterId: Id.nullable() })).query(({ ctx, input }) => ctx.services.drift.whole(input.directorId, input.clusterId)),

  ignore: clusterOperator
    .input(ofCluster.extend({ directorId: Id, key: PlanDigest, reason: Reason.min(1), endsAtMs: z.int().min(0) }))
    .mutation(({ ctx, input }) => recorded(ctx, 'drift.ignore', ctx.services.drift.ignore(ctx, { ...input, hosts: operates(ctx.person, null) }))),

  endIgnoring: clusterOperator.input(ofCluster.extend({ id: Id })).mutation(({ ctx, input }) => (
    recorded(ctx, 'drift.endIgnoring', ctx.services.drift.endIgnoring(ctx, { ...input, hosts: operates(ctx.person, null) })))),

  /** `rule`: the service of others, as the director's page writes it. Becomes a draft too. */
  adoptForeign: clusterOperator
    .input(ofCluster.extend({ directorId: Id, rule: line(500), reason: Reason }))
    .mutation(({ ctx, input }) => ctx.services.drift.adoptForeign(ctx, input)),

  /** Becomes a draft of whoever asks. */
  adopt: clusterOperator
    .input(ofCluster.extend({ directorId: Id, reason: Reason }))
    .mutation(({ ctx, input }) => ctx.services.drift.adopt(ctx, input)),
});
