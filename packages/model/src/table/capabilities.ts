// What one director's driver can do, and which parts of a definition it cannot.
import { z } from 'zod';
import { Family, familyOf } from '../definition/address.ts';
import { ByteKind } from '../live/counters.ts';
import { Protocol } from '../definition/definition.ts';
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import type { Finding } from '../lint/finding.ts';
import { SchedulerName } from '../definition/scheduler.ts';
import { addressOf, familyOfService } from './table.ts';

export const DriverKind = z.enum(['proxy', 'ipvs', 'ebpf']);
export type DriverKind = z.infer<typeof DriverKind>;

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
  /** What happens to open connections of a real server or service that is removed. */
  removal: z.enum(['reset', 'stall']),
  /** Whether forwarded connections outlive the agent's process. */
  outlivesAgent: z.boolean(),
  /** How often the forwarder renews its counters; 0: they are always current. */
  countersRefreshMs: z.int().min(0),
  byteKind: ByteKind,
});
export type Capabilities = z.infer<typeof Capabilities>;

type Lack = { readonly feature: string; readonly value: string };

function lacksOfService(service: VirtualService, can: Capabilities): Lack[] {
  const { match, scheduler, persistence } = service;
  const lacks: (Lack | false)[] = [
    !can.families.includes(familyOfService(addressOf(match))) && { feature: 'family', value: familyOfService(addressOf(match)) },
    !can.protocols.includes(match.protocol) && { feature: 'protocol', value: match.protocol },
    match.kind === 'mark' && !can.marks && { feature: 'mark', value: String(match.mark) },
    !can.schedulers.includes(scheduler.name) && { feature: 'scheduler', value: scheduler.name },
    persistence !== null && !can.persistence && { feature: 'persistence', value: `${persistence.timeoutSeconds} s` },
    persistence !== null && persistence.engine !== null && !can.persistenceEngines.includes(persistence.engine)
      && { feature: 'persistenceEngine', value: persistence.engine },
    service.onePacket && !can.onePacket && { feature: 'onePacket', value: 'ops' },
  ];
  return lacks.filter((lack) => lack !== false);
}

function lacksOfRealServer({ rip, method, thresholds }: RealServer, can: Capabilities): Lack[] {
  const lacks: (Lack | false)[] = [
    !can.families.includes(familyOf(rip)) && { feature: 'family', value: familyOf(rip) },
    !can.methods.includes(method.kind) && { feature: 'method', value: method.kind },
    method.kind === 'tun' && can.methods.includes('tun') && !can.tunnels.includes(method.tunnel.type)
      && { feature: 'tunnel', value: method.tunnel.type },
    (thresholds.upper > 0 || thresholds.lower > 0) && !can.thresholds
      && { feature: 'thresholds', value: `${thresholds.upper}/${thresholds.lower}` },
  ];
  return lacks.filter((lack) => lack !== false);
}

/**
 * What of a definition this driver cannot do: a warning while saving, a refusal when applying on that director.
 * Each finding names the object, the feature and the value.
 */
export function unsupported(definition: ClusterDefinition, can: Capabilities): Finding[] {
  const finding = (path: Finding['path'], { feature, value }: Lack): Finding => (
    { code: 'unsupportedByDriver', severity: 'error', path, params: { driver: can.driver, feature, value } });
  return definition.services.flatMap((service, s) => [
    ...lacksOfService(service, can).map((lack) => finding(['services', s], lack)),
    ...service.realServers.flatMap((realServer, r) => (
      lacksOfRealServer(realServer, can).map((lack) => finding(['services', s, 'realServers', r], lack)))),
  ]);
}
