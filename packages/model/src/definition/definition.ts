// A cluster's definition: virtual services, their real servers, the directors that serve them.
import { z } from 'zod';
import { Family, familyOf, IpAddress, Ipv4Address, Ipv6Address, Port } from './address.ts';
import { ForwardingMethod } from './forwarding.ts';
import { ServiceHealth } from './health/service-health.ts';
import { Scheduler } from './scheduler.ts';
import { Id, Name } from './text.ts';

export const Protocol = z.enum(['tcp', 'udp', 'sctp']);
export type Protocol = z.infer<typeof Protocol>;

/** ip_vs.h: weight is an int, a negative one is ERANGE. What `ipvsadm -w` cannot write (> 65535) is a finding, not an error here. */
export const Weight = z.int().min(0).max(2_147_483_647);

/**
 * Connections (active and inactive) from which on a real server gets no new ones, and below which it gets them again.
 * Upper 0 is no threshold; lower 0 is three quarters of the upper one (ip_vs_conn.c, ip_vs_unbind_dest).
 */
export const Thresholds = z.strictObject({
  upper: z.int().min(0).max(2_147_483_647),
  lower: z.int().min(0).max(2_147_483_647),
});
export type Thresholds = z.infer<typeof Thresholds>;

export const RealServer = z.strictObject({
  id: Id,
  name: Name,
  rip: IpAddress,
  /** 0 keeps the packet's own port (firewall mark and port 0 services). */
  port: Port,
  weight: Weight,
  method: ForwardingMethod,
  thresholds: Thresholds,
});
export type RealServer = z.infer<typeof RealServer>;

/** What of the traffic belongs to a virtual service. A firewall mark carries the match that is marked, for the rules that mark it. */
export const ServiceMatch = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('address'), protocol: Protocol, vip: IpAddress, port: Port }),
  z.strictObject({
    kind: z.literal('mark'),
    family: Family,
    /** 0 means "no mark" to the kernel. */
    mark: z.int().min(1).max(4_294_967_295),
    protocol: Protocol,
    vips: z.array(IpAddress).min(1).max(256),
    /** None: every port. */
    ports: z.array(Port).max(256),
  }).superRefine(({ family, vips }, context) => vips.forEach((vip, index) => {
    if (familyOf(vip) === family) return;
    context.addIssue({ code: 'custom', path: ['vips', index], message: 'an address of the other family', params: { code: 'wrongFamily' } });
  })),
]);
export type ServiceMatch = z.infer<typeof ServiceMatch>;

/** Sends a client (or its network) to the real server it had. `ipvsadm -p` stops at 31 days. */
export const Persistence = z.strictObject({
  timeoutSeconds: z.int().min(1).max(2_678_400),
  /** Prefix length of the clients that count as one: 32 or 128 is each client by itself. */
  prefixLength: z.int().min(1).max(128),
  engine: z.enum(['sip']).nullable(),
});
export type Persistence = z.infer<typeof Persistence>;

export const VirtualService = z.strictObject({
  id: Id,
  name: Name,
  match: ServiceMatch,
  scheduler: Scheduler,
  persistence: Persistence.nullable(),
  /** One-packet scheduling: each datagram is scheduled by itself (UDP). */
  onePacket: z.boolean(),
  realServers: z.array(RealServer).max(10_000),
  /** Left out: nothing is asked of the real servers. */
  health: ServiceHealth.optional(),
});
export type VirtualService = z.infer<typeof VirtualService>;

/** A director's part in this cluster. `dip` is the address it has towards the real servers, one per family. */
export const ClusterDirector = z.strictObject({
  directorId: Id,
  dip: z.strictObject({ ipv4: Ipv4Address.nullable(), ipv6: Ipv6Address.nullable() }),
  /** What of its host the operator keeps; left out, Weir does: it puts VIPs on and off, and sets what forwarding needs. */
  host: z.strictObject({ vips: z.literal('operator').optional(), settings: z.literal('operator').optional() }).optional(),
});
export type ClusterDirector = z.infer<typeof ClusterDirector>;

/** A VIP and the one director that carries it; null while nobody does. */
export const Vip = z.strictObject({ address: IpAddress, holder: Id.nullable() });
export type Vip = z.infer<typeof Vip>;

/** The version of this schema inside a stored definition. */
export const DEFINITION_SCHEMA = 1;

export const ClusterDefinition = z.strictObject({
  schema: z.literal(DEFINITION_SCHEMA),
  name: Name,
  directors: z.array(ClusterDirector).max(64),
  vips: z.array(Vip).max(4_096),
  services: z.array(VirtualService).max(10_000),
});
export type ClusterDefinition = z.infer<typeof ClusterDefinition>;

/** The VIPs that a service answers on. */
export function vipsOf(match: ServiceMatch): readonly IpAddress[] {
  return match.kind === 'address' ? [match.vip] : match.vips;
}
