// Generated input for property tests: addresses, rules, tables, overrides. Few values each, so that objects meet.
import * as fc from 'fast-check';
import { canonicalAddress } from '../../definition/address.ts';
import type { Persistence, Thresholds } from '../../definition/definition.ts';
import type { RuleMethod, Tunnel } from '../../definition/forwarding.ts';
import { OverrideCause } from '../../effective/override.ts';
import type { Override } from '../../effective/override.ts';
import type { Scheduler } from '../../definition/scheduler.ts';
import { endpointKey, serviceKey } from '../../table/table.ts';
import type {
  ActualService, ActualTable, Endpoint, ForwardingTable, RealServerRule, RealServerSettings, ServiceAddress, ServiceRule, ServiceSettings,
} from '../../table/table.ts';

const oneOf = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

export const ipv4: fc.Arbitrary<string> = fc.ipV4();
export const ipv6: fc.Arbitrary<string> = fc.ipV6().map((text) => canonicalAddress(text)).filter((address) => address !== null);

const fewAddresses = oneOf('10.0.0.1', '10.0.0.2', 'fd00::1', 'fd00::2');
const fewPorts = oneOf(0, 80, 8080);

export const serviceAddress: fc.Arbitrary<ServiceAddress> = fc.oneof(
  fc.record({ kind: oneOf('address'), protocol: oneOf('tcp', 'udp', 'sctp'), vip: fewAddresses, port: fewPorts }),
  fc.record({ kind: oneOf('mark'), family: oneOf('ipv4', 'ipv6'), mark: oneOf(1, 7, 4_294_967_295) }),
);

export const scheduler: fc.Arbitrary<Scheduler> = fc.oneof(
  fc.record({ name: oneOf('rr', 'wrr', 'lc', 'wlc', 'fo', 'ovf', 'lblc', 'lblcr', 'dh', 'sed', 'nq') }),
  fc.record({ name: oneOf('sh', 'mh'), fallback: fc.boolean(), port: fc.boolean() }),
);

export const persistence: fc.Arbitrary<Persistence> = fc.record({
  timeoutSeconds: oneOf(1, 300, 2_678_400), prefixLength: oneOf(1, 24, 32, 64, 128), engine: oneOf(null, 'sip'),
});

export const serviceSettings: fc.Arbitrary<ServiceSettings> = fc.record({
  scheduler, persistence: fc.option(persistence), onePacket: fc.boolean(),
});

const tunnel: fc.Arbitrary<Tunnel> = fc.oneof(
  fc.record({ type: oneOf('ipip') }),
  fc.record({ type: oneOf('gue'), port: oneOf(1, 6080), checksum: oneOf('none', 'csum', 'remcsum') }),
  fc.record({ type: oneOf('gre'), checksum: oneOf('none', 'csum') }),
);

export const ruleMethod: fc.Arbitrary<RuleMethod> = fc.oneof(
  fc.record({ kind: oneOf('nat', 'dr') }),
  fc.record({ kind: oneOf('tun'), tunnel }),
  fc.record({ kind: oneOf('proxied'), source: oneOf(null, '10.0.0.9') }),
);

const thresholds: fc.Arbitrary<Thresholds> = fc.record({ upper: oneOf(0, 100), lower: oneOf(0, 50) });

export const realServerSettings: fc.Arbitrary<RealServerSettings> = fc.record({
  method: ruleMethod, weight: oneOf(0, 1, 2, 65_535, 2_147_483_647), thresholds,
});

const endpoint: fc.Arbitrary<Endpoint> = fc.record({ rip: oneOf('10.1.0.1', '10.1.0.2', 'fd01::1'), port: oneOf(0, 80) });

export const realServerRules: fc.Arbitrary<RealServerRule[]> = fc.uniqueArray(
  fc.record({ endpoint, settings: realServerSettings }), { selector: (rule) => endpointKey(rule.endpoint), maxLength: 5 });

export const serviceRules: fc.Arbitrary<ServiceRule[]> = fc.uniqueArray(
  fc.record({ address: serviceAddress, settings: serviceSettings, realServers: realServerRules }),
  { selector: (rule) => serviceKey(rule.address), maxLength: 6 });

export const forwardingTable: fc.Arbitrary<ForwardingTable> = serviceRules.map((services) => ({ services }));

export function actualOf(services: readonly ServiceRule[], foreign = false): ActualService[] {
  return services.map((service) => ({
    ...service,
    foreign,
    realServers: service.realServers.map((rule) => ({ ...rule, connections: { active: 1, inactive: 2, persistent: null } })),
  }));
}

/** Some of its services are foreign. */
export const actualTable: fc.Arbitrary<ActualTable> = fc.tuple(serviceRules, fc.infiniteStream(fc.boolean())).map(([services, coins]) => ({
  services: actualOf(services).map((service) => ({ ...service, foreign: coins.next().value === true })), others: [],
}));

const switchedRealServers: fc.Arbitrary<RealServerRule[]> = fc.subarray([1, 2, 3, 4]).chain((hosts) => fc.tuple(...hosts.map((host) => (
  fc.record({
    endpoint: fc.constant({ rip: `10.1.0.${host}`, port: 80 }),
    settings: realServerSettings.chain((settings) => oneOf(0, 1).map((weight) => ({ ...settings, weight }))),
  })))));

/** What is wanted and what is there of one service, with few real servers that are in or out of the turn: close enough to get in each other's way. */
export const tablesOfOneService: fc.Arbitrary<[wanted: ForwardingTable, actual: ActualTable]> = fc.record({
  address: serviceAddress, settings: serviceSettings, wanted: switchedRealServers, present: switchedRealServers,
}).map(({ address, settings, wanted, present }) => [
  { services: [{ address, settings, realServers: wanted }] }, { services: actualOf([{ address, settings, realServers: present }]), others: [] },
]);

/** Overrides of one real server, with ids that differ. */
export const overridesOfOne: fc.Arbitrary<Override[]> = fc.uniqueArray(fc.record({
  id: fc.integer({ min: 0, max: 99 }).map((n) => `o-${n}`),
  target: oneOf({ clusterId: 'c', serviceId: 's', realServerId: 'r' }),
  cause: oneOf(...OverrideCause.options),
  effect: fc.oneof(
    fc.record({ kind: oneOf('weight'), weight: fc.integer({ min: 0, max: 9 }) }), fc.record({ kind: oneOf('remove') })),
  author: oneOf('ada'),
  reason: oneOf(''),
  startsAtMs: fc.integer({ min: 0, max: 9 }),
  endsAtMs: fc.option(fc.integer({ min: 0, max: 9 })),
}), { selector: ({ id }) => id, maxLength: 8 });
