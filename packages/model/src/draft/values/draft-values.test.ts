// What is kept of a draft: whatever a form can hold, and nothing that is no draft.
import { expect, it } from 'vitest';
import type { ClusterDefinition } from '../../definition/definition.ts';
import { cluster, realServer, service } from '../../testing/definitions/cluster.ts';
import { replaced } from '../../testing/replaced.ts';
import { DraftDefinition, DraftValues } from './draft-values.ts';

const check = { port: null, source: '10.', intervalMs: Number.NaN, changingIntervalMs: null, timeoutMs: 1, rise: 0, fall: 1.5 };
const tls = { name: '', verify: true, endsAfterDays: -1, clientCertificate: '/' };

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
    service('checked', {
      health: {
        checks: [
          { ...check, id: 'one', probe: { type: 'http', method: 'GET', path: '', host: 'a b', headers: [{ name: '', value: '\n', secret: true }], statuses: [{ from: Number.NaN, to: 2 }], body: { kind: 'pattern', pattern: '(' }, tls } },
          { ...check, id: 'two', probe: { type: 'dns', transport: 'udp', name: '..', record: 'A', answer: '' }, port: 0, changingIntervalMs: 0 },
          { ...check, id: 'three', probe: { type: 'script', file: '../x', arguments: ['\t'] } }, { ...check, id: 'four', probe: { type: 'tls', tls } },
          { ...check, id: 'five', probe: { type: 'exchange', transport: 'tcp', send: '\\', expect: { kind: 'sha256', hash: 'x' } } },
          { ...check, id: 'six', probe: { type: 'agent', path: 'x' } }, { ...check, id: 'seven', probe: { type: 'icmp' } }, { ...check, id: 'eight', probe: { type: 'path' } },
        ],
        first: 'up', whenDown: 'remove', slowStartSeconds: -1, quorum: { up: Number.NaN, hysteresis: 0.5 }, belowQuorum: 'sorry',
        sorry: { id: 's', name: '', rip: '', port: Number.NaN, method: { kind: 'nat' } }, flapping: { changes: 0, withinSeconds: Number.NaN, holdSeconds: 0 },
      },
    }),
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
  ['services.2.health.checks.0.id', ''], ['services.2.health.checks.0.probe', { type: 'smtp' }], ['services.2.health.first', 'both'], ['services.2.health.checks.1.port', '80'],
])('refuses %s: %j', (field, value) => {
  const path = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  expect(DraftDefinition.safeParse(replaced(half, path, value)).success).toBe(false);
});
