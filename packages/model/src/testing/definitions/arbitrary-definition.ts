// Generated cluster definitions for property tests: unique ids, few values each, so that two of them have objects in common.
import * as fc from 'fast-check';
import { DEFINITION_SCHEMA } from '../../definition/definition.ts';
import type { ClusterDefinition, ServiceMatch } from '../../definition/definition.ts';
import type { Probe } from '../../definition/health/probe.ts';
import type { HealthCheck, ServiceHealth } from '../../definition/health/service-health.ts';
import type { ForwardingMethod } from '../../definition/forwarding.ts';
import { persistence, scheduler } from './arbitrary.ts';

const oneOf = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const id = oneOf('a', 'b', 'c', 'd');
const byId = { selector: (one: { readonly id: string }): string => one.id, maxLength: 4 };

const match: fc.Arbitrary<ServiceMatch> = fc.oneof(
  fc.record({ kind: oneOf('address'), protocol: oneOf('tcp', 'udp'), vip: oneOf('10.0.0.1', '10.0.0.2'), port: oneOf(80, 443) }),
  fc.record({
    kind: oneOf('mark'), family: oneOf('ipv4'), mark: oneOf(1, 2), protocol: oneOf('tcp'),
    vips: fc.shuffledSubarray(['10.0.0.1', '10.0.0.2', '10.0.0.3'], { minLength: 1 }), ports: fc.shuffledSubarray([80, 443, 8080]),
  }),
);

const method: fc.Arbitrary<ForwardingMethod> = fc.oneof(
  fc.record({ kind: oneOf('nat', 'dr', 'proxied') }),
  fc.record({ kind: oneOf('tun'), tunnel: oneOf({ type: 'ipip' }, { type: 'gue', port: 6080, checksum: 'none' }) }),
);

const realServer = fc.record({
  id, name: oneOf('one', 'two'), rip: oneOf('10.1.0.1', '10.1.0.2'), port: oneOf(80, 8080), weight: oneOf(0, 1, 5), method,
  thresholds: fc.record({ upper: oneOf(0, 100), lower: oneOf(0, 50) }),
});

const check: fc.Arbitrary<HealthCheck> = fc.record({
  id, probe: oneOf<Probe>({ type: 'tcp' }, { type: 'icmp' }, { type: 'exchange', transport: 'tcp', send: null, expect: { kind: 'text', text: 'ready' } }, { type: 'path' }),
  port: oneOf(null, 8080), source: oneOf(null, '10.0.0.9'), intervalMs: oneOf(2_000, 5_000), changingIntervalMs: oneOf(null, 500), timeoutMs: oneOf(1_000), rise: oneOf(1, 2), fall: oneOf(2, 3),
});

const health: fc.Arbitrary<ServiceHealth> = fc.record({
  checks: fc.uniqueArray(check, { ...byId, minLength: 1, maxLength: 2 }), first: oneOf('up', 'down'), whenDown: oneOf('weightZero', 'remove'), slowStartSeconds: oneOf(0, 30),
  quorum: fc.record({ up: oneOf(1, 2), hysteresis: oneOf(0, 1) }), belowQuorum: oneOf('goOn', 'sorry', 'failOpen'),
  sorry: oneOf(null, { id: 'sorry', name: 'sorry', rip: '10.1.0.9', port: 80, method: { kind: 'nat' } }), flapping: oneOf(null, { changes: 4, withinSeconds: 60, holdSeconds: 60 }),
});

const service = fc.record({
  id, name: oneOf('web', 'dns'), match, scheduler, persistence: fc.option(persistence), onePacket: fc.boolean(),
  realServers: fc.uniqueArray(realServer, byId), health,
}, { requiredKeys: ['id', 'name', 'match', 'scheduler', 'persistence', 'onePacket', 'realServers'] });

const directorId = oneOf('d1', 'd2', 'd3');

export const definition: fc.Arbitrary<ClusterDefinition> = fc.record({
  schema: oneOf(DEFINITION_SCHEMA),
  name: oneOf('edge', 'inner'),
  directors: fc.uniqueArray(
    fc.record({ directorId, dip: fc.record({ ipv4: oneOf(null, '10.0.0.9'), ipv6: oneOf(null, 'fd00::9') }) }), { selector: (one) => one.directorId, maxLength: 3 }),
  vips: fc.uniqueArray(
    fc.record({ address: oneOf('10.0.0.1', '10.0.0.2', '10.0.0.3'), holder: fc.option(directorId) }), { selector: (one) => one.address, maxLength: 3 }),
  services: fc.uniqueArray(service, byId),
});
