import { digest } from '@weir/model';
import type { ClusterDefinition, ServiceHealth, VirtualService } from '@weir/model';
import { expect, it } from 'vitest';
import { definitionFor, isDigestOf } from './definition-words.ts';

const service: VirtualService = {
  id: 'web', name: 'web', match: { kind: 'address', protocol: 'tcp', vip: '192.168.8.200', port: 80 }, scheduler: { name: 'rr' }, persistence: null, onePacket: false, realServers: [],
};
const health: ServiceHealth = {
  checks: [{ id: 'tcp', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 1_000, changingIntervalMs: null, timeoutMs: 500, rise: 2, fall: 3 }],
  first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
};
const plain: ClusterDefinition = { schema: 1, name: 'web', directors: [{ directorId: 'a', dip: { ipv4: null, ipv6: null }, host: { vips: 'operator' } }], vips: [], services: [service] };
const checked: ClusterDefinition = { ...plain, services: [{ ...service, health }] };

it('leaves out for version 2 what is asked of real servers, and nothing else', () => {
  expect(definitionFor(2, checked)).toEqual(plain);
  expect(definitionFor(3, checked)).toBe(checked);
  expect(definitionFor(2, plain)).toBe(plain);
});

it('is known by its digest in the words of each version', () => {
  expect([isDigestOf(digest(checked), checked), isDigestOf(digest(plain), checked), isDigestOf(digest(checked), plain), isDigestOf(digest({ ...checked, name: 'x' }), checked)])
    .toEqual([true, true, false, false]);
});
