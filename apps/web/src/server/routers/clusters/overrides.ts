// Overrides by hand: weights, quiescing and maintenance, set and ended on the directors, kept as a revision.
import { Id, IpAddress, Reason, Weight } from '@weir/model';
import { z } from 'zod';
import { clusterOperator, router, viewer } from '../../trpc.ts';

const overridesMax = 200;

const Target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('realServer'), serviceId: Id, realServerId: Id }),
  z.strictObject({ kind: z.literal('service'), serviceId: Id }),
  z.strictObject({ kind: z.literal('host'), rip: IpAddress }),
]);
const Effect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('weight'), weight: Weight }),
  z.strictObject({ kind: z.literal('quiesce') }),
  z.strictObject({ kind: z.literal('maintenance') }),
]);

const Order = z.strictObject({ clusterId: Id, target: Target, effect: Effect, reason: Reason, endsAtMs: z.int().min(0).nullable() })
  .refine(({ effect, reason }) => effect.kind !== 'maintenance' || reason !== '', { path: ['reason'], error: 'needed for maintenance' });

export const overridesRouter = router({
  list: viewer.input(z.strictObject({ clusterId: Id })).query(({ ctx, input }) => ctx.services.overrides.list(input.clusterId)),

  set: clusterOperator.input(Order).mutation(({ ctx, input }) => ctx.services.overrides.set(ctx, input)),

  setThere: clusterOperator
    .input(z.strictObject({ clusterId: Id, overrideId: Id, directorId: Id }))
    .mutation(({ ctx, input }) => ctx.services.overrides.setThere(ctx, input)),

  end: clusterOperator
    .input(z.strictObject({ clusterId: Id, overrideIds: z.array(Id).min(1).max(overridesMax) }))
    .mutation(({ ctx, input }) => ctx.services.overrides.end(ctx, input)),

  keep: clusterOperator
    .input(z.strictObject({ clusterId: Id, overrideId: Id, base: z.int().min(1), reason: Reason }))
    .mutation(({ ctx, input }) => ctx.services.overrides.keep(ctx, input)),
});
