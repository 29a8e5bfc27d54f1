// Connections: everyone may see how many there are in which state; who the clients are is for those who operate the cluster.
import { ConnectionGrouping, Id, IpAddress } from '@weir/model';
import { z } from 'zod';
import { ClientPort, ConnectionsFilter, CountsFilter, CountsGrouping } from '../../connections/filter.ts';
import { clusterOperator, patientViewer, router } from '../../trpc.ts';

/** For each director; more is no reading for a person, and the filter finds the others. */
const entriesMax = 200;

export const connectionsRouter = router({
  counts: patientViewer
    .input(z.strictObject({ clusterId: Id, filter: CountsFilter, groupBy: CountsGrouping.optional() }))
    .query(({ ctx, input }) => ctx.services.connections.find({ ...input, limit: 0 })),

  find: clusterOperator
    .input(z.strictObject({ clusterId: Id, filter: ConnectionsFilter, groupBy: ConnectionGrouping.optional() }))
    .query(({ ctx, input }) => ctx.services.auth.turns.take(ctx.sessionId, () => ctx.services.connections.find({ ...input, limit: entriesMax }))),

  follow: clusterOperator
    .input(z.strictObject({ clusterId: Id, client: IpAddress, clientPort: ClientPort.nullable(), serviceId: Id.optional(), directorId: Id.optional() }))
    .query(({ ctx, input }) => ctx.services.auth.turns.take(ctx.sessionId, () => ctx.services.connections.follow(input))),
});
