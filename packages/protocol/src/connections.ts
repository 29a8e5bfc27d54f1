// What a panel asks of a director's connection table.
import { ConnectionFilter, ConnectionGrouping, CONNECTIONS_MAX, Id } from '@weir/model';
import { z } from 'zod';

export const ConnectionsInput = z.strictObject({
  /** With 0 connections are counted and none is listed. */
  limit: z.int().min(0).max(CONNECTIONS_MAX),
  filter: ConnectionFilter.optional(),
  /** What is found is counted in groups, too. An agent of version 2 makes none, and knows no network of clients. */
  groupBy: ConnectionGrouping.optional(),
  /** Only what belongs to the services that the director accepted with this cluster; left out, the whole table. */
  within: z.strictObject({ clusterId: Id, serviceId: Id.optional() }).optional(),
});
export type ConnectionsInput = z.infer<typeof ConnectionsInput>;
