// What a forwarder is told (rules) and what it reports (actual), without names or ids: the table that forwards.
import { z } from 'zod';
import { Family, IpAddress, Port, familyOf, formatEndpoint } from '../definition/address.ts';
import { Persistence, Protocol, Thresholds, Weight } from '../definition/definition.ts';
import type { ServiceMatch } from '../definition/definition.ts';
import { RuleMethod } from '../definition/forwarding.ts';
import { Scheduler } from '../definition/scheduler.ts';
import { line } from '../definition/text.ts';

/** Identity of a virtual service in a forwarder (ip_vs.h: AF with FWMARK, or PROTOCOL, ADDR and PORT). */
export const ServiceAddress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('address'), protocol: Protocol, vip: IpAddress, port: Port }),
  z.strictObject({ kind: z.literal('mark'), family: Family, mark: z.int().min(1).max(4_294_967_295) }),
]);
export type ServiceAddress = z.infer<typeof ServiceAddress>;

export const ServiceSettings = z.strictObject({
  scheduler: Scheduler,
  persistence: Persistence.nullable(),
  onePacket: z.boolean(),
});
export type ServiceSettings = z.infer<typeof ServiceSettings>;

/** Identity of a real server within one virtual service. */
export const Endpoint = z.strictObject({ rip: IpAddress, port: Port });
export type Endpoint = z.infer<typeof Endpoint>;

export const RealServerSettings = z.strictObject({ method: RuleMethod, weight: Weight, thresholds: Thresholds });
export type RealServerSettings = z.infer<typeof RealServerSettings>;

export const RealServerRule = z.strictObject({ endpoint: Endpoint, settings: RealServerSettings });
export type RealServerRule = z.infer<typeof RealServerRule>;

export const ServiceRule = z.strictObject({
  address: ServiceAddress,
  settings: ServiceSettings,
  realServers: z.array(RealServerRule).max(10_000),
});
export type ServiceRule = z.infer<typeof ServiceRule>;

export interface ForwardingTable {
  readonly services: readonly ServiceRule[];
}

/** Connections now. `persistent` is null where a forwarder does not keep templates. */
export const ConnectionCounts = z.strictObject({
  active: z.int().min(0),
  inactive: z.int().min(0),
  persistent: z.int().min(0).nullable(),
});
export type ConnectionCounts = z.infer<typeof ConnectionCounts>;

export const ActualRealServer = RealServerRule.extend({ connections: ConnectionCounts });
export type ActualRealServer = z.infer<typeof ActualRealServer>;

export const ActualService = ServiceRule.extend({
  /** Not made by Weir: shown, never touched. */
  foreign: z.boolean(),
  realServers: z.array(ActualRealServer).max(10_000),
});
export type ActualService = z.infer<typeof ActualService>;

/** Why Weir has no words for a rule. */
export const BeyondWords = z.enum([
  'protocol', 'address', 'scheduler', 'schedulerFlags', 'netmask', 'timeout', 'engine', 'method', 'tunnel', 'weight', 'thresholds',
]);
export type BeyondWords = z.infer<typeof BeyondWords>;

/** A rule that Weir has no words for: a service, or a real server of one. Shown as it is, never planned over, never touched. */
export const OtherRule = z.strictObject({
  /** That of a service, or of a service and its real server, where Weir has words for those; differs from every other one. */
  key: line(200),
  is: z.enum(['service', 'realServer']),
  /** The service that it is or belongs to; null where Weir has no word for that either. */
  service: ServiceAddress.nullable(),
  /** As `ipvsadm -Sn` would write it. */
  text: line(500),
  why: BeyondWords,
});
export type OtherRule = z.infer<typeof OtherRule>;

/** What a plan looks at. */
export interface PresentTable {
  readonly services: readonly ActualService[];
  readonly others?: readonly OtherRule[];
}

export const ActualTable = z.strictObject({
  services: z.array(ActualService).max(10_000),
  /** Forwarders that only Weir fills have none. */
  others: z.array(OtherRule).max(20_000).default([]),
});
export type ActualTable = z.infer<typeof ActualTable>;

/** `tcp 10.0.0.1:80`, `fwm ipv4 7`: equal exactly when the forwarder means the same service. */
export type ServiceKey = string;

export function serviceKey(address: ServiceAddress): ServiceKey {
  return address.kind === 'mark'
    ? `fwm ${address.family} ${address.mark}`
    : `${address.protocol} ${formatEndpoint(address.vip, address.port)}`;
}

/** `10.0.0.1:80`: equal exactly when the forwarder means the same real server of one service. */
export type EndpointKey = string;

export function endpointKey(endpoint: Endpoint): EndpointKey {
  return formatEndpoint(endpoint.rip, endpoint.port);
}

/** `tcp 10.0.0.1:80 10.0.0.2:80`: a real server of a service. */
export function realServerKey(service: ServiceKey, endpoint: EndpointKey): string {
  return `${service} ${endpoint}`;
}

export function addressOf(match: ServiceMatch): ServiceAddress {
  return match.kind === 'mark'
    ? { kind: 'mark', family: match.family, mark: match.mark }
    : { kind: 'address', protocol: match.protocol, vip: match.vip, port: match.port };
}

export function familyOfService(address: ServiceAddress): Family {
  return address.kind === 'mark' ? address.family : familyOf(address.vip);
}
