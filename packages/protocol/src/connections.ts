// What a panel asks of a director's connection table.
import { ConnectionFilter, CONNECTIONS_MAX, Id } from '@weir/model';
import { z } from 'zod';

export const ConnectionsInput = z.strictObject({
  /** With 0 connections are counted and none is listed. */
  limit: z.int().min(0).max(CONNECTIONS_MAX),
  filter: ConnectionFilter.optional(),
  /** Only what belongs to the services that the director accepted with this cluster; left out, the whole table. */
  within: z.strictObject({ clusterId: Id, serviceId: Id.optional() }).optional(),
});
export type ConnectionsInput = z.infer<typeof ConnectionsInput>;
