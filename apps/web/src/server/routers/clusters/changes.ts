// Plans and applies.
import { Id, OnFailure, withoutSecrets } from '@weir/model';
import { CONFIRM_WITHIN_MAX_MS, CONFIRM_WITHIN_MIN_MS, PlanDigest } from '@weir/protocol';
import { z } from 'zod';
import { operates } from '../../auth/operates.ts';
import { roleReaches } from '../../auth/person.ts';
import { waitingChange } from '../../changes/change-view.ts';
import type { ReviewedPlan, WaitingChange } from '../../changes/change-view.ts';
import { plannedHealth } from '../../changes/planning/planned-health.ts';
import { trafficOf } from '../../changes/planning/traffic.ts';
import { PanelError } from '../../errors.ts';
import { clusterOperator, patientViewer, router, viewer } from '../../trpc.ts';

// The column's largest.
const RevisionNumber = z.int().min(1).max(2_147_483_647);
const Reviewed = z.strictObject({ directorId: Id, digest: PlanDigest, replaces: RevisionNumber.nullable() });

const OfApply = z.strictObject({ clusterId: Id, applyId: Id });

export const changesRouter = router({
  plan: patientViewer
    .input(z.strictObject({ clusterId: Id, revision: RevisionNumber.optional() }))
    .query(async ({ ctx, input }): Promise<ReviewedPlan> => {
      const plan = await ctx.services.changes.plan(input.clusterId, input.revision);
      const health = await plannedHealth(plan, ctx.services, operates(ctx.person, input.clusterId) ? (definition) => definition : withoutSecrets);
      return { ...plan, traffic: trafficOf(plan, ctx.services), health };
    }),

  /** tRPC keeps the name `apply` for itself. */
  applyRevision: clusterOperator
    .input(z.strictObject({
      clusterId: Id, revision: RevisionNumber, directors: z.array(Reviewed).min(1).max(64), onFailure: OnFailure,
      /** Silent directors that whoever orders states to be off, so that another may take their VIPs: an administrator's word. */
      off: z.array(Id).max(64).default([]),
      /** Of the cluster, for what is above the limit. */
      name: z.string().max(1_000).optional(),
      /** Directors go back by themselves unless it is confirmed in so long. */
      confirmWithinMs: z.int().min(CONFIRM_WITHIN_MIN_MS).max(CONFIRM_WITHIN_MAX_MS).optional(),
      /** When the first director is done, the others wait for a person. */
      firstAlone: z.boolean().default(false),
    }))
    .mutation(async ({ ctx, input }) => {
      if (input.off.length > 0 && !roleReaches(ctx.person.role, 'admin')) {
        await ctx.services.auth.refusals.record(ctx, 'changes.applyRevision');
        throw new PanelError('roleTooSmall', { needed: 'admin' });
      }
      return ctx.services.changes.apply(ctx, input);
    }),

  confirm: clusterOperator.input(OfApply).mutation(({ ctx, input }) => ctx.services.changes.confirm(ctx, input)),
  revertNow: clusterOperator.input(OfApply).mutation(({ ctx, input }) => ctx.services.changes.goBack(ctx, input)),
  goOn: clusterOperator.input(OfApply).mutation(({ ctx, input }) => ctx.services.changes.goOn(ctx, input)),
  stopHere: clusterOperator.input(OfApply).mutation(({ ctx, input }) => ctx.services.changes.stopHere(ctx, input)),
  open: viewer.input(z.strictObject({ clusterId: Id })).query(({ ctx, input }) => ctx.services.changes.open(input.clusterId)),

  /** For those who may say the word. */
  waiting: viewer.query(async ({ ctx }): Promise<WaitingChange[]> => {
    const waiting = (await ctx.services.changes.waiting()).filter(({ clusterId }) => operates(ctx.person, clusterId));
    const names = new Map(ctx.services.clusters.allWanted().map(({ clusterId, name }) => [clusterId, name]));
    return waiting.map((change) => waitingChange(change, names.get(change.clusterId) ?? ''));
  }),

  get: viewer.input(z.strictObject({ applyId: Id })).query(({ ctx, input }) => ctx.services.changes.get(input.applyId)),

  list: viewer
    .input(z.strictObject({ clusterId: Id, limit: z.int().min(1).max(100).default(20), revision: RevisionNumber.optional() }))
    .query(({ ctx, input }) => ctx.services.changes.list(input.clusterId, input.limit, input.revision)),
});
