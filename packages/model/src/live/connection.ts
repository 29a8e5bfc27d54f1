// One entry of a forwarder's connection table.
import { z } from 'zod';
import { IpAddress, Port } from '../definition/address.ts';
import { Protocol } from '../definition/definition.ts';
import { line } from '../definition/text.ts';

export const Connection = z.strictObject({
  protocol: Protocol,
  cip: IpAddress,
  clientPort: Port,
  vip: IpAddress,
  virtualPort: Port,
  /** The director's own end towards the real server; null where the client's packets go on unchanged. */
  dip: IpAddress.nullable(),
  directorPort: Port.nullable(),
  rip: IpAddress,
  realPort: Port,
  state: line(32),
  /** How long the entry lives if nothing more comes; null where it does not expire. */
  expiresInMs: z.int().min(0).nullable(),
});
export type Connection = z.infer<typeof Connection>;

/** The first entries of a table that may be larger. */
export const ConnectionList = z.strictObject({
  entries: z.array(Connection).max(10_000),
  total: z.int().min(0),
  measuredAtMs: z.int().min(0),
});
export type ConnectionList = z.infer<typeof ConnectionList>;
