// Connections: everyone may see how many there are in which state; who the clients are is for those who operate the cluster.
import { Id } from '@weir/model';
import { z } from 'zod';
import { ConnectionsFilter } from '../connections/filter.ts';
import { clusterOperator, patientViewer, router } from '../trpc.ts';

/** For each director; more is no reading for a person, and the filter finds the others. */
const entriesMax = 200;

export const connectionsRouter = router({
  counts: patientViewer
    .input(z.strictObject({ clusterId: Id, filter: ConnectionsFilter.pick({ serviceId: true, directorId: true, state: true }) }))
    .query(({ ctx, input }) => ctx.services.connections.find({ ...input, limit: 0 })),

  find: clusterOperator
    .input(z.strictObject({ clusterId: Id, filter: ConnectionsFilter }))
    .query(({ ctx, input }) => ctx.services.auth.turns.take(ctx.sessionId, () => ctx.services.connections.find({ ...input, limit: entriesMax }))),
});
