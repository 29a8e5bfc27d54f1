// Plans and applies.
import { Id, OnFailure } from '@weir/model';
import { PlanDigest } from '@weir/protocol';
import { z } from 'zod';
import { roleReaches } from '../auth/person.ts';
import { PanelError } from '../errors.ts';
import { clusterOperator, patientViewer, router, viewer } from '../trpc.ts';

// The column's largest.
const RevisionNumber = z.int().min(1).max(2_147_483_647);
const Reviewed = z.strictObject({ directorId: Id, digest: PlanDigest, replaces: RevisionNumber.nullable() });

export const changesRouter = router({
  plan: patientViewer
    .input(z.strictObject({ clusterId: Id, revision: RevisionNumber.optional() }))
    .query(({ ctx, input }) => ctx.services.changes.plan(input.clusterId, input.revision)),

  /** tRPC keeps the name `apply` for itself. */
  applyRevision: clusterOperator
    .input(z.strictObject({
      clusterId: Id, revision: RevisionNumber, directors: z.array(Reviewed).min(1).max(64), onFailure: OnFailure,
      /** Silent directors that whoever orders states to be off, so that another may take their VIPs: an administrator's word. */
      off: z.array(Id).max(64).default([]),
      /** Of the cluster, for what is above the limit. */
      name: z.string().max(1_000).optional(),
    }))
    .mutation(async ({ ctx, input }) => {
      if (input.off.length > 0 && !roleReaches(ctx.person.role, 'admin')) {
        await ctx.services.auth.refusals.record(ctx, 'changes.applyRevision');
        throw new PanelError('roleTooSmall', { needed: 'admin' });
      }
      return ctx.services.changes.apply(ctx, input);
    }),

  get: viewer.input(z.strictObject({ applyId: Id })).query(({ ctx, input }) => ctx.services.changes.get(input.applyId)),

  list: viewer
    .input(z.strictObject({ clusterId: Id, limit: z.int().min(1).max(100).default(20) }))
    .query(({ ctx, input }) => ctx.services.changes.list(input.clusterId, input.limit)),
});
