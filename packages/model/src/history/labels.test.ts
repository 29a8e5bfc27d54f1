// Names of what a forwarder's keys mean.
import { expect, it } from 'vitest';
import type { ClusterDefinition } from '../definition/definition.ts';
import { DEFINITION_SCHEMA } from '../definition/definition.ts';
import { labelsOf } from './labels.ts';

const realServer = { id: 'r', name: 'r', rip: '10.1.0.1', port: 80, weight: 1, method: { kind: 'nat' as const }, thresholds: { upper: 0, lower: 0 } };

const health: NonNullable<ClusterDefinition['services'][number]['health']> = {
  checks: [], first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'sorry', flapping: null,
  sorry: { id: 'sorry', name: 'sorry', rip: '10.1.0.9', port: 80, method: { kind: 'nat' } },
};

function definition(serviceId: string, directorId = 'd'): ClusterDefinition {
  return {
    schema: DEFINITION_SCHEMA, name: 'web', directors: [{ directorId, dip: { ipv4: null, ipv6: null } }], vips: [],
    services: [{
      id: serviceId, name: 'web', match: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 }, scheduler: { name: 'rr' }, persistence: null, onePacket: false,
      realServers: [realServer], health,
    }],
  };
}

it('are those of the clusters that name this director, and the first of two keeps a service', () => {
  const labels = labelsOf([
    { clusterId: 'elsewhere', directorId: 'd', definition: definition('x', 'another') },
    { clusterId: 'c', directorId: 'd', definition: definition('s') }, { clusterId: 'later', directorId: 'd', definition: definition('t') },
  ]);
  expect([...labels]).toEqual([['tcp 10.0.0.1:80', { clusterId: 'c', serviceId: 's', realServerIds: new Map([['10.1.0.1:80', 'r'], ['10.1.0.9:80', 'sorry']]) }]]);
});
