// What a panel asks of a director about one client.
import { Id, IpAddress, Port } from '@weir/model';
import { z } from 'zod';

export const FollowInput = z.strictObject({
  clusterId: Id,
  /** Left out: all services of the cluster. */
  serviceId: Id.optional(),
  client: IpAddress,
  /** Of the connection that is thought of; hashes may take it in. */
  clientPort: Port.nullable(),
});
export type FollowInput = z.infer<typeof FollowInput>;
