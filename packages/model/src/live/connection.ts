// One entry of a forwarder's connection table, what can be asked of that table, and what is answered.
import { z } from 'zod';
import { IpAddress, Port } from '../definition/address.ts';
import { IpNetwork } from '../definition/network.ts';
import { line } from '../definition/text.ts';

/** `tcp`, `udp`, `sctp`, or what else the forwarder calls it, in small letters; `ip` for a template by firewall mark. */
export const ConnectionProtocol = z.string().regex(/^[a-z0-9_]{1,20}$/);

export const ConnectionState = line(32);

export const Connection = z.strictObject({
  protocol: ConnectionProtocol,
  cip: IpAddress,
  clientPort: Port,
  /** What the client reached; null for a template by firewall mark, which has the mark instead. */
  vip: IpAddress.nullable(),
  virtualPort: Port.nullable(),
  mark: z.int().min(1).max(4_294_967_295).nullable(),
  /** The director's own end towards the real server; null where the client's packets go on unchanged. */
  dip: IpAddress.nullable(),
  directorPort: Port.nullable(),
  rip: IpAddress,
  realPort: Port,
  state: ConnectionState,
  /** How long the entry lives if nothing more comes; null where it does not expire. */
  expiresInMs: z.int().min(0).nullable(),
  /** Made on this director or taken over from another one by synchronisation; null where that is not told. */
  origin: z.enum(['local', 'sync']).nullable(),
  /** No connection: what sends a persistent client to the real server it had. */
  template: z.boolean(),
});
export type Connection = z.infer<typeof Connection>;

/** What is looked for; what is left out may be anything. */
export const ConnectionFilter = z.strictObject({
  protocol: ConnectionProtocol,
  client: IpAddress,
  /** Of clients. */
  network: IpNetwork,
  rip: IpAddress,
  realPort: Port,
  state: ConnectionState,
}).partial();
export type ConnectionFilter = z.infer<typeof ConnectionFilter>;

/** The most entries of one answer. */
export const CONNECTIONS_MAX = 10_000;

/** By what connections are counted together. A network is that of 24 bits (IPv4) or 64 bits (IPv6) that a client is in. */
export const ConnectionGrouping = z.enum(['client', 'network', 'service', 'realServer', 'state', 'protocol']);
export type ConnectionGrouping = z.infer<typeof ConnectionGrouping>;

export const CONNECTION_GROUPS_MAX = 200;

/** As many states as any protocol has, several times over. */
export const CONNECTION_STATES_MAX = 64;

const count = z.int().min(0);

/**
 * The largest groups of what was found, without templates: `10.0.0.7`, `10.0.0.0/24`, a ServiceKey, an EndpointKey, `ESTABLISHED`, `tcp`.
 * A service is one of those that were asked for, or what the client reached.
 */
export const ConnectionGroups = z.strictObject({
  by: ConnectionGrouping,
  groups: z.array(z.strictObject({ key: line(100), count })).max(CONNECTION_GROUPS_MAX),
  /** All others together; null where there are too many to be told apart. */
  rest: z.strictObject({ groups: count.nullable(), connections: count }),
});
export type ConnectionGroups = z.infer<typeof ConnectionGroups>;

/**
 * What was found. `entries` are the first of it, templates among them; `total`, `states` and `templates` count all of it.
 * Where only the first part of the table was read, they count that part, and `total` is null.
 */
export const ConnectionList = z.strictObject({
  entries: z.array(Connection).max(CONNECTIONS_MAX),
  /** Connections, without templates. */
  total: count.nullable(),
  /** Connections by state; null where that is not told. */
  states: z.array(z.strictObject({ state: ConnectionState, count })).max(CONNECTION_STATES_MAX).nullable(),
  /** Null where templates are not listed. */
  templates: count.nullable(),
  /** Null where nobody asked for groups, or the agent makes none. */
  groups: ConnectionGroups.nullable(),
  /** Entries that were looked at, of how many (null: not known); null where the whole table was. */
  sample: z.strictObject({ read: count, of: count.nullable() }).nullable(),
  /** Entries that could not be read, and are in no other figure. */
  unreadable: count,
  measuredAtMs: count,
});
export type ConnectionList = z.infer<typeof ConnectionList>;
