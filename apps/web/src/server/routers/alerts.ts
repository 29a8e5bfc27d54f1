// Alerts: everyone sees them; whoever operates a cluster acknowledges its alerts; where they are sent is an administrator's.
import { Id } from '@weir/model';
import { z } from 'zod';
import { AcknowledgeGeneralInput, AcknowledgeInput, type AlertDelivery, AlertId, AlertRule, AlertsInput, SaveChannel, SetMailServer } from '../../alerts/alert.ts';
import { admin, clusterOperator, operator, router, viewer } from '../trpc.ts';

/** Days belong to certificates alone. */
const Rule = AlertRule.refine(({ kind, days }) => (days !== null) === (kind === 'certificateEnding'), { path: ['days'], error: 'of certificates alone' });

const OneChannel = z.strictObject({ id: Id });

/** What a receiver wrote may tell of the network that the panel stands in. */
function withoutBody(delivery: AlertDelivery): AlertDelivery {
  return { ...delivery, lastAnswer: delivery.lastAnswer && { ...delivery.lastAnswer, body: null } };
}

export const alertsRouter = router({
  list: viewer.input(AlertsInput).query(({ ctx, input }) => ctx.services.alerts.list(input)),

  calling: viewer.query(({ ctx }) => ctx.services.alerts.calling()),

  deliveries: viewer.input(z.strictObject({ alertId: AlertId })).query(async ({ ctx, input }) => {
    const deliveries = await ctx.services.alerts.deliveries(input.alertId);
    return ctx.person.role === 'admin' ? deliveries : deliveries.map(withoutBody);
  }),

  acknowledge: clusterOperator.input(AcknowledgeInput).mutation(({ ctx, input }) => ctx.services.alerts.acknowledge(ctx, input)),

  acknowledgeGeneral: operator.input(AcknowledgeGeneralInput).mutation(({ ctx, input }) => ctx.services.alerts.acknowledge(ctx, { ...input, clusterId: null })),

  rules: viewer.query(({ ctx }) => ctx.services.alerts.rules()),

  certificate: viewer.query(({ ctx }) => ctx.services.alerts.certificate()),

  setRule: admin.input(Rule).mutation(({ ctx, input }) => ctx.services.alerts.setRule(ctx, input)),

  channels: admin.query(({ ctx }) => ctx.services.alerts.channels()),

  saveChannel: admin.input(SaveChannel).mutation(({ ctx, input }) => ctx.services.alerts.saveChannel(ctx, input)),

  removeChannel: admin.input(OneChannel).mutation(({ ctx, input }) => ctx.services.alerts.removeChannel(ctx, input.id)),

  testChannel: admin.input(OneChannel).mutation(({ ctx, input }) => ctx.services.alerts.testChannel(ctx, input.id)),

  mailServer: admin.query(({ ctx }) => ctx.services.alerts.mailServer()),

  setMailServer: admin.input(SetMailServer).mutation(({ ctx, input }) => ctx.services.alerts.setMailServer(ctx, input)),
});
