// Drains: what one would do, those that go on, beginning and ending one.
import { AtDeadline, DRAIN_TARGETS_MAX, DrainId, Id, IpAddress, Reason } from '@weir/model';
import { z } from 'zod';
import { clusterOperator, patientViewer, router, viewer } from '../../trpc.ts';

const Target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('realServer'), serviceId: Id, realServerId: Id }),
  z.strictObject({ kind: z.literal('host'), rip: IpAddress }),
]);

const DrainOf = z.strictObject({ clusterId: Id, drainId: DrainId });

export const drainsRouter = router({
  list: viewer.input(z.strictObject({ clusterId: Id })).query(({ ctx, input }) => ctx.services.drains.list(input.clusterId)),

  /** Asks every director. */
  preview: patientViewer.input(z.strictObject({ clusterId: Id, target: Target })).query(({ ctx, input }) => ctx.services.drains.preview(input)),

  begin: clusterOperator
    .input(z.strictObject({
      clusterId: Id, target: Target, reason: Reason, deadlineMs: z.int().min(0).nullable(), atDeadline: AtDeadline,
      /** Services that, as whoever orders says, may be left without a real server that takes new connections. */
      emptied: z.array(Id).max(DRAIN_TARGETS_MAX).default([]),
    }))
    .mutation(({ ctx, input }) => ctx.services.drains.begin(ctx, input)),

  again: clusterOperator.input(DrainOf).mutation(({ ctx, input }) => ctx.services.drains.again(ctx, input)),

  end: clusterOperator.input(DrainOf).mutation(({ ctx, input }) => ctx.services.drains.end(ctx, input)),
});
