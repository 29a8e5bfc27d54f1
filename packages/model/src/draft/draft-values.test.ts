// What is kept of a draft: whatever a form can hold, and nothing that is no draft.
import { expect, it } from 'vitest';
import type { ClusterDefinition } from '../definition/definition.ts';
import { cluster, realServer, service } from '../testing/cluster.ts';
import { replaced } from '../testing/replaced.ts';
import { DraftDefinition, DraftValues } from './draft-values.ts';

const half: ClusterDefinition = cluster({
  name: '', directors: [{ directorId: 'lb-1', dip: { ipv4: '192.168', ipv6: null }, host: { vips: 'operator' } }],
  vips: [{ address: '192.', holder: null }],
  services: [
    service('web', {
      name: '', match: { kind: 'address', protocol: 'tcp', vip: '192.', port: Number.NaN }, persistence: { timeoutSeconds: Number.NaN, prefixLength: 999, engine: 'sip' },
      realServers: [
        realServer('one', { name: '', rip: '', port: -5, weight: 1.5, thresholds: { upper: Number.NaN, lower: 2 ** 40 } }),
        realServer('two', { method: { kind: 'tun', tunnel: { type: 'gue', port: Number.NaN, checksum: 'csum' } } }),
        realServer('three', { method: { kind: 'tun', tunnel: { type: 'gre', checksum: 'none' } } }), realServer('four', { method: { kind: 'dr' } }),
      ],
    }),
    service('marked', { match: { kind: 'mark', family: 'ipv4', mark: 0, protocol: 'udp', vips: ['x'], ports: [Number.NaN] }, scheduler: { name: 'sh', fallback: true, port: false } }),
  ],
});

it('is read as it is, and as JSON gives it back', () => {
  const read: ClusterDefinition = DraftDefinition.parse(half);
  expect(read).toEqual(half);
  expect(DraftDefinition.parse(JSON.parse(JSON.stringify(half)))).toEqual(half);
  expect(DraftValues.parse({ definition: half, reason: '' }).definition).toEqual(half);
});

it.each<[field: string, value: unknown]>([
  ['schema', 2], ['name', 'a'.repeat(1_001)], ['name', null], ['services', null], ['services.0.id', ''], ['services.0.realServers.0.id', 'a b'], ['services.0.realServers.0.rip', 7],
  ['services.0.realServers.0.port', '80'], ['services.0.realServers.0.port', Number.POSITIVE_INFINITY], ['services.0.realServers.0.method', { kind: 'bypass' }],
  ['services.0.realServers.1.method', { kind: 'tun' }], ['services.0.scheduler', { name: 'twos' }], ['services.0.match', { kind: 'name' }], ['services.0.more', 1],
  ['directors', [{}]], ['vips.0.holder', 7],
])('refuses %s: %j', (field, value) => {
  const path = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  expect(DraftDefinition.safeParse(replaced(half, path, value)).success).toBe(false);
});
