import { describe, expect, it } from 'vitest';
import { ClusterDefinition, Persistence, RealServer, ServiceMatch, Thresholds, VirtualService, Weight, vipsOf } from './definition.ts';
import { ForwardingMethod, replyBypassesDirector, RuleMethod, Tunnel } from './forwarding.ts';
import { Scheduler, SchedulerName, usesWeights } from './scheduler.ts';
import { replaced } from '../testing/replaced.ts';
import { tutorialCluster } from './tutorial.ts';

const cluster = tutorialCluster('lb-1');

/** The paths of what a schema finds wrong. */
function complaints(schema: { safeParse(value: unknown): { error?: { issues: { path: PropertyKey[] }[] } | undefined } }, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

describe('a definition', () => {
  it('is read as it is', () => {
    expect(ClusterDefinition.parse(cluster)).toEqual(cluster);
    expect(ClusterDefinition.parse(JSON.parse(JSON.stringify(cluster)))).toEqual(cluster);
  });

  it('gives its addresses their canonical text', () => {
    const given = replaced(cluster, ['services', 0, 'match', 'vip'], ' 2001:DB8:0:0::1 ');
    expect(ClusterDefinition.parse(given).services[0]?.match).toMatchObject({ vip: '2001:db8::1' });
  });

  it.each<[field: string, value: unknown]>([
    ['schema', 2], ['schema', '1'], ['schema', undefined],
    ['name', ''], ['name', 'a\u202eb'], ['name', 'a'.repeat(10_000)], ['name', '\ud83d'],
    ['directors.0.directorId', '../../etc'], ['directors.0.dip.ipv4', 'fd00::1'], ['directors.0.dip.ipv6', '10.0.0.1'], ['directors.0.dip.ipv4', '127.0.8.010'],
    ['directors.0.dip', null], ['directors', null], ['directors', {}],
    ['vips.0.address', '10.0.0.1/32'], ['vips.0.holder', ''], ['vips.0.holder', 7],
    ['services', 'web'], ['services.0.id', 'a b'], ['services.0.name', 7],
    ['services.0.match.port', -1], ['services.0.match.port', 65_536], ['services.0.match.port', '80'], ['services.0.match.port', 80.5],
    ['services.0.match.protocol', 'icmp'], ['services.0.match.protocol', 'TCP'], ['services.0.match.kind', 'name'], ['services.0.match.vip', 'example.org'],
    ['services.0.scheduler.name', 'twos'], ['services.0.scheduler', 'rr'], ['services.0.persistence', undefined], ['services.0.onePacket', 1],
    ['services.0.realServers', null],
    ['services.0.realServers.1.weight', -1], ['services.0.realServers.1.weight', 2 ** 31], ['services.0.realServers.1.weight', 1.5], ['services.0.realServers.1.weight', '1'],
    ['services.0.realServers.1.port', 65_536], ['services.0.realServers.1.rip', '::ffff:127.0.0.1'], ['services.0.realServers.1.rip', 'fe80::1%lo'],
    ['services.0.realServers.1.thresholds.upper', 2 ** 31], ['services.0.realServers.1.thresholds.lower', -1],
    ['services.0.realServers.1.method.kind', 'masq'], ['services.0.realServers.1.method', 'nat'],
  ])('is refused at %s for %j', (field, value) => {
    const path = field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    expect(complaints(ClusterDefinition, replaced(cluster, path, value))).toEqual([field]);
  });

  it.each([[], ['directors', 0], ['directors', 0, 'dip'], ['vips', 0], ['services', 0], ['services', 0, 'match'], ['services', 0, 'scheduler'],
    ['services', 0, 'realServers', 0], ['services', 0, 'realServers', 0, 'method'], ['services', 0, 'realServers', 0, 'thresholds']].map((path) => [path]))(
    'is refused for an unknown key in %j', (path) => {
      expect(complaints(ClusterDefinition, replaced(cluster, [...path, 'colour'], 'red'))).toEqual([path.join('.')]);
    });

  it.each([null, undefined, 7, 'x', [], [cluster]])('is refused for %j', (value) => {
    expect(ClusterDefinition.safeParse(value).success).toBe(false);
  });

  it.each<[field: string, length: number]>([['directors', 65], ['vips', 4_097], ['services', 10_001]])('has a bound on %s', (field, length) => {
    const [first] = cluster[field as 'directors' | 'vips' | 'services'];
    expect(complaints(ClusterDefinition, { ...cluster, [field]: Array.from({ length }, () => first) })).toEqual([field]);
  });

  it('has a bound on the real servers of a service', () => {
    const [service] = cluster.services;
    const realServers = Array.from({ length: 10_001 }, () => service?.realServers[0]);
    expect(complaints(VirtualService, { ...service, realServers })).toEqual(['realServers']);
  });
});

describe('what belongs to a service', () => {
  const mark = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['10.0.0.1'], ports: [80, 443] } as const;

  it('is an address with a port, or a mark with what is marked', () => {
    expect(vipsOf(ServiceMatch.parse(mark))).toEqual(['10.0.0.1']);
    expect(vipsOf(ServiceMatch.parse({ kind: 'address', protocol: 'sctp', vip: 'FD00::1', port: 0 }))).toEqual(['fd00::1']);
    expect(ServiceMatch.safeParse({ ...mark, mark: 2 ** 32 - 1, ports: [] }).success).toBe(true);
  });

  it.each<[string, unknown]>([
    ['mark', 0], ['mark', 2 ** 32], ['mark', -1], ['family', 'inet'], ['vips', []], ['vips', Array.from({ length: 257 }, () => '10.0.0.1')],
    ['ports', Array.from({ length: 257 }, () => 80)], ['ports.0', 65_536], ['vips.0', 'x'], ['protocol', null],
  ])('is refused with %s %j', (field, value) => {
    const path = field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    expect(complaints(ServiceMatch, replaced(mark, path, value))).toEqual([field]);
  });

  it('marks only VIPs of its own family', () => {
    expect(complaints(ServiceMatch, { ...mark, vips: ['10.0.0.1', 'fd00::1', '10.0.0.2', 'fd00::2'] })).toEqual(['vips.1', 'vips.3']);
  });

  it('does not mix the two kinds', () => {
    expect(ServiceMatch.safeParse({ kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80, mark: 7 }).success).toBe(false);
    expect(ServiceMatch.safeParse({ ...mark, vip: '10.0.0.1' }).success).toBe(false);
  });
});

describe('schedulers', () => {
  const names = SchedulerName.options;
  it('are the 13 of the kernel', () => expect(names).toHaveLength(13));
  it.each(names)('%s has the flags that the kernel reads, and no others', (name) => {
    const hashes = name === 'sh' || name === 'mh';
    expect(Scheduler.safeParse({ name }).success).toBe(!hashes);
    expect(Scheduler.safeParse({ name, fallback: true, port: false }).success).toBe(hashes);
    expect(Scheduler.safeParse({ name, fallback: true }).success).toBe(false);
  });
  it('rr, lc and dh go by no weight but 0', () => {
    const flags = { fallback: false, port: false };
    const unweighted = names.filter((name) => !usesWeights(name === 'sh' || name === 'mh' ? { name, ...flags } : { name }));
    expect(unweighted).toEqual(['rr', 'lc', 'dh']);
  });
});

describe('forwarding methods', () => {
  const gue = { type: 'gue', port: 6080, checksum: 'remcsum' } as const;
  it.each([{ kind: 'nat' }, { kind: 'dr' }, { kind: 'proxied' }, { kind: 'tun', tunnel: { type: 'ipip' } }, { kind: 'tun', tunnel: gue },
    { kind: 'tun', tunnel: { type: 'gre', checksum: 'csum' } }])('takes %j', (method) => expect(ForwardingMethod.parse(method)).toEqual(method));
  it.each([{ kind: 'nat', tunnel: gue }, { kind: 'tun' }, { kind: 'bypass' }, {}, null, { kind: 'proxied', source: null }])('refuses %j', (method) => {
    expect(ForwardingMethod.safeParse(method).success).toBe(false);
  });
  it.each([{ type: 'gue', port: 0, checksum: 'none' }, { type: 'gue', checksum: 'none' }, { type: 'gue', port: 6080 }, { type: 'ipip', port: 6080 },
    { type: 'ipip', checksum: 'csum' }, { type: 'gre', checksum: 'remcsum' }, { type: 'gre', checksum: 'csum', port: 1 }, { type: 'vxlan' }])(
    'refuses the tunnel %j', (tunnel) => expect(Tunnel.safeParse(tunnel).success).toBe(false));
  it('has a source only in what one director carries out', () => {
    expect(RuleMethod.safeParse({ kind: 'proxied', source: null }).success).toBe(true);
    expect(RuleMethod.safeParse({ kind: 'proxied' }).success).toBe(false);
  });
  it('DR and TUN answer past the director', () => {
    expect((['nat', 'dr', 'tun', 'proxied'] as const).filter(replyBypassesDirector)).toEqual(['dr', 'tun']);
  });
});

describe('numbers', () => {
  it.each([[0, true], [65_536, true], [2 ** 31 - 1, true], [-1, false], [2 ** 31, false], [0.5, false], ['1', false], [Number.NaN, false], [1n, false]])(
    'weight %s: %s', (weight, fits) => expect(Weight.safeParse(weight).success).toBe(fits));
  it.each<[object, boolean]>([
    [{ timeoutSeconds: 1 }, true], [{ timeoutSeconds: 2_678_400 }, true], [{ timeoutSeconds: 0 }, false], [{ timeoutSeconds: 2_678_401 }, false],
    [{ prefixLength: 0 }, false], [{ prefixLength: 129 }, false], [{ prefixLength: 128 }, true], [{ engine: 'sip' }, true], [{ engine: 'ftp' }, false], [{ engine: '' }, false],
  ])('persistence with %j: %s', (part, fits) => {
    expect(Persistence.safeParse({ timeoutSeconds: 300, prefixLength: 24, engine: null, ...part }).success).toBe(fits);
  });
  it('thresholds are two', () => {
    expect(Thresholds.safeParse({ upper: 1 }).success).toBe(false);
    expect(Thresholds.safeParse({ upper: 2 ** 31 - 1, lower: 0 }).success).toBe(true);
  });
  it('every field of a real server is needed', () => {
    const [realServer] = cluster.services[0]?.realServers ?? [];
    for (const field of Object.keys(realServer ?? {})) {
      expect(complaints(RealServer, replaced(realServer, [field], undefined))).toEqual([field]);
    }
  });
});
