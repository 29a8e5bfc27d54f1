// Differences in words.
import { differences, tutorialCluster, type ClusterDefinition, type RealServer, type ServiceHealth, type VirtualService } from '@weir/model';
import { expect, test } from 'vitest';
import { differenceWords, type DifferenceWords } from './difference-words.ts';

const before = tutorialCluster('d1');
const names = new Map([['d1', 'lvs-1'], ['d2', 'lvs-2']]);

function words(one: ClusterDefinition, other: ClusterDefinition): DifferenceWords[] {
  return differences(one, other).map((difference) => differenceWords(difference, (id) => names.get(id) ?? id));
}

function withService(change: (service: VirtualService) => VirtualService): ClusterDefinition {
  return { ...before, services: before.services.map(change) };
}

function withFirst(change: Partial<RealServer>): ClusterDefinition {
  return withService((service) => ({ ...service, realServers: service.realServers.map((one, index) => (index === 0 ? { ...one, ...change } : one)) }));
}

test('a changed weight says the real server, its service and both weights', () => {
  expect(words(before, withFirst({ weight: 5 }))).toEqual([
    { object: 'realServer', kind: 'changed', what: '127.0.8.20:8080', service: before.services[0]?.name, facts: [{ name: 'weight', before: '1', after: '5' }] },
  ]);
});

test('a real server that moves is called by where it was', () => {
  expect(words(before, withFirst({ rip: '127.0.8.21', port: 81, name: 'other' }))).toMatchObject([
    { what: '127.0.8.20:8080', facts: [{ name: 'name', after: 'other' }, { name: 'rip', before: '127.0.8.20', after: '127.0.8.21' }, { name: 'port', before: '8080', after: '81' }] },
  ]);
});

test('what is added or removed says only what it has', () => {
  const none = { ...before, services: [] };
  const [service, realServer] = words(none, before);
  expect(service).toMatchObject({ object: 'service', kind: 'added', facts: [{ name: 'match', before: null, after: 'tcp 127.0.8.200:8080' }, { name: 'scheduler', after: 'rr' }] });
  expect(realServer).toMatchObject({ kind: 'added', facts: [{ name: 'weight', before: null, after: '1' }, { name: 'method', after: 'proxied' }] });
  expect(words(before, none)[0]).toMatchObject({ kind: 'removed', facts: [{ name: 'match', before: 'tcp 127.0.8.200:8080', after: null }, { name: 'scheduler' }] });
});

test('each setting of a service, a VIP and a director has its words', () => {
  const mark = { kind: 'mark' as const, family: 'ipv4' as const, mark: 7, protocol: 'tcp' as const, vips: ['127.0.8.200'], ports: [443, 80] };
  const persistence = { timeoutSeconds: 300, prefixLength: 24, engine: null };
  expect(words(before, withService((service) => ({ ...service, match: mark, onePacket: true, persistence })))[0]?.facts).toEqual([
    { name: 'match', before: 'tcp 127.0.8.200:8080', after: 'fwm ipv4 7 ← tcp 127.0.8.200 :80,443' },
    { name: 'persistence', before: '—', after: '300 s /24' },
    { name: 'onePacket', before: '—', after: 'ops' },
  ]);
  const [first, , vip] = words(before, { ...tutorialCluster('d2'), vips: before.vips.map(({ address }) => ({ address, holder: null })) });
  expect(first).toMatchObject({ object: 'director', kind: 'added', what: 'lvs-2', facts: [{ name: 'dip', after: '127.0.8.10' }] });
  expect(vip).toMatchObject({ object: 'vip', what: '127.0.8.200', facts: [{ name: 'holder', before: 'lvs-1', after: '—' }] });
});

test('health checks are told in the words of a configuration, without what is secret', () => {
  const header = { name: 'X-Token', value: 'a1b2', secret: true };
  const probe = { type: 'http', method: 'GET', path: '/', host: null, headers: [header], statuses: [{ from: 200, to: 299 }], body: null, tls: null } as const;
  const check = { id: 'c', probe, port: 81, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_500, rise: 2, fall: 3 };
  const health: ServiceHealth = {
    checks: [{ ...check, probe: { ...probe, headers: [header], statuses: [...probe.statuses] } }], first: 'up', whenDown: 'weightZero', slowStartSeconds: 30,
    quorum: { up: 2, hysteresis: 1 }, belowQuorum: 'goOn', sorry: null, flapping: null,
  };
  const [changed] = words(before, withService((service) => ({ ...service, health })));
  expect(changed?.facts).toEqual([
    { name: 'checks', before: '—', after: 'http GET / 200–299 X-Token: ••• port 81 interval 5 s timeout 2.5 s rise 2 fall 3' },
    { name: 'reaction', before: '—', after: 'first up weight 0 slow-start 30 s quorum 2 (+1) goOn' },
  ]);
  const with80 = withService((service) => ({ ...service, health }));
  const removed = withService((service) => ({ ...service, health: undefined }));
  expect(words(with80, removed)[0]?.facts.map(({ name, after }) => [name, after])).toEqual([['checks', '—'], ['reaction', '—']]);
  expect(words(with80, withService((service) => ({ ...service, health: { ...health, whenDown: 'remove' } })))[0]?.facts.map(({ name }) => name)).toEqual(['reaction']);
});

test('every changed object has something to say', () => {
  const others: ClusterDefinition[] = [
    { ...before, name: 'other' }, withFirst({ thresholds: { upper: 10, lower: 5 } }), withFirst({ method: { kind: 'tun', tunnel: { type: 'ipip' } } }),
    withService((service) => ({ ...service, name: 'x', scheduler: { name: 'mh', fallback: true, port: false } })),
  ];
  for (const other of others) expect(words(before, other).map(({ facts }) => facts.length)).not.toContain(0);
});
