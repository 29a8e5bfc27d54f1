// What one director's driver can do.
import { z } from 'zod';
import { Family } from '../definition/address.ts';
import { ByteKind } from '../live/counters.ts';
import { Protocol } from '../definition/definition.ts';
import { SchedulerName } from '../definition/scheduler.ts';

export const DriverKind = z.enum(['proxy', 'ipvs', 'ebpf']);
export type DriverKind = z.infer<typeof DriverKind>;

/** A protocol or a tunnel. */
export const Unsure = z.enum(['sctp', 'gue', 'gre']);
export type Unsure = z.infer<typeof Unsure>;

export const Capabilities = z.strictObject({
  driver: DriverKind,
  families: z.array(Family),
  protocols: z.array(Protocol),
  marks: z.boolean(),
  schedulers: z.array(SchedulerName),
  persistence: z.boolean(),
  persistenceEngines: z.array(z.enum(['sip'])),
  onePacket: z.boolean(),
  methods: z.array(z.enum(['nat', 'dr', 'tun', 'proxied'])),
  tunnels: z.array(z.enum(['ipip', 'gue', 'gre'])),
  thresholds: z.boolean(),
  /** What of the above nobody could tell: it is neither offered as something that this driver can do nor refused. */
  unsure: z.array(Unsure).default([]),
  /** What happens to open connections of a real server or service that is removed, as it is set now. */
  removal: z.enum(['reset', 'stall']),
  /** Whether forwarded connections outlive the agent's process. */
  outlivesAgent: z.boolean(),
  /** How often the forwarder renews its counters; 0: they are always current. */
  countersRefreshMs: z.int().min(0),
  byteKind: ByteKind,
});
export type Capabilities = z.infer<typeof Capabilities>;
