import { describe, expect, it } from 'vitest';
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import { ClusterDefinition as Schema } from '../definition/definition.ts';
import { Finding } from './finding.ts';
import { cluster, realServer, service } from '../testing/cluster.ts';
import { tutorialCluster } from '../definition/tutorial.ts';
import { hasErrors, lint, rules } from './lint.ts';

const vip = '192.168.8.200';
const vip6 = 'fd00::1';
const sip = { timeoutSeconds: 60, prefixLength: 32, engine: 'sip' } as const;
const mark = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: [vip], ports: [80] } as const satisfies VirtualService['match'];
const director = (directorId: string, ipv4: string | null = null) => ({ directorId, dip: { ipv4, ipv6: null } });

const withService = (changes: Partial<VirtualService>): ClusterDefinition => cluster({ services: [service('web', changes)] });
/** The second of two real servers is changed. */
const withRealServer = (changes: Partial<RealServer>, of: Partial<VirtualService> = {}): ClusterDefinition => (
  withService({ realServers: [realServer('rs-20'), realServer('rs-30', { rip: '192.168.8.30', ...changes })], ...of }));
const match = (changes: { protocol?: 'tcp' | 'udp' | 'sctp'; vip?: string; port?: number }): VirtualService['match'] => (
  { kind: 'address', protocol: 'tcp', vip, port: 80, ...changes });

type Path = Finding['path'];
const atService: Path = ['services', 0];
const atRealServer: Path = ['services', 0, 'realServers', 1];

/** A definition that breaks one rule, and where; several lines where a rule has several ways. */
const broken: readonly [code: string, path: Path, params: Finding['params'], definition: ClusterDefinition][] = [
  ['noDirector', ['directors'], {}, cluster({ directors: [], vips: [], services: [] })],
  ['duplicateDirector', ['directors', 1, 'directorId'], { director: 'lb-1' }, cluster({ directors: [director('lb-1'), director('lb-1')] })],
  ['duplicateId', ['services', 1, 'id'], { id: 'web' }, cluster({ services: [service('web'), service('web', { match: match({ port: 81 }) })] })],
  ['duplicateId', [...atRealServer, 'id'], { id: 'rs-20' }, withRealServer({ id: 'rs-20' })],
  ['duplicateVip', ['vips', 1, 'address'], { vip }, cluster({ vips: [{ address: vip, holder: 'lb-1' }, { address: vip, holder: 'lb-1' }] })],
  ['vipWithoutHolder', ['vips', 0, 'holder'], { vip }, cluster({ vips: [{ address: vip, holder: null }] })],
  ['holderNotInCluster', ['vips', 0, 'holder'], { vip, director: 'lb-9' }, cluster({ vips: [{ address: vip, holder: 'lb-9' }] })],
  ['vipIsDirector', ['vips', 0, 'address'], { vip, director: 'lb-2' }, cluster({ directors: [director('lb-1'), director('lb-2', vip)] })],
  ['vipWithoutService', ['vips', 1, 'address'], { vip: vip6 }, cluster({ vips: [{ address: vip, holder: 'lb-1' }, { address: vip6, holder: 'lb-1' }] })],
  ['duplicateService', ['services', 1, 'match'], { service: 'b', key: `tcp ${vip}:80`, other: 'a' }, cluster({ services: [service('a'), service('b')] })],
  ['duplicateService', ['services', 1, 'match'], { service: 'b', key: 'fwm ipv4 7', other: 'a' },
    cluster({ services: [service('a', { match: mark }), service('b', { match: { ...mark, protocol: 'udp', ports: [53] } })] })],
  ['serviceWithoutRealServers', [...atService, 'realServers'], { service: 'web' }, withService({ realServers: [] })],
  ['allWeightsZero', [...atService, 'realServers'], { service: 'web' }, withService({ realServers: [realServer('rs-20', { weight: 0 })] })],
  ['weightsHaveNoEffect', [...atService, 'scheduler', 'name'], { service: 'web', scheduler: 'rr' }, withRealServer({ weight: 2 }, { scheduler: { name: 'rr' } })],
  ['weightsHaveNoEffect', [...atService, 'scheduler', 'name'], { service: 'web', scheduler: 'lc' }, withRealServer({ weight: 2 }, { scheduler: { name: 'lc' } })],
  ['weightsHaveNoEffect', [...atService, 'scheduler', 'name'], { service: 'web', scheduler: 'dh' }, withRealServer({ weight: 2 }, { scheduler: { name: 'dh' } })],
  ['portZeroWithoutPersistence', [...atService, 'match', 'port'], { service: 'web' }, withService({ match: match({ port: 0 }), realServers: [realServer('rs-20', { port: 0 })] })],
  ['onePacketNeedsUdp', [...atService, 'onePacket'], { service: 'web', protocol: 'tcp' }, withService({ onePacket: true })],
  ['onePacketNeedsUdp', [...atService, 'onePacket'], { service: 'web', protocol: 'sctp' }, withService({ onePacket: true, match: { ...mark, protocol: 'sctp' } })],
  ['persistencePrefixTooLong', [...atService, 'persistence', 'prefixLength'], { service: 'web', prefixLength: 33 },
    withService({ persistence: { timeoutSeconds: 300, prefixLength: 33, engine: null } })],
  ['persistenceEngineNeedsUdp', [...atService, 'persistence', 'engine'], { service: 'web', protocol: 'tcp' }, withService({ persistence: sip })],
  ['vipNotListed', [...atService, 'match'], { service: 'web', vip }, cluster({ vips: [] })],
  ['vipNotListed', [...atService, 'match'], { service: 'web', vip: '192.168.8.201' }, withService({ match: { ...mark, vips: [vip, '192.168.8.201'] } })],
  ['duplicateRealServer', [...atRealServer, 'rip'], { service: 'web', realServer: '192.168.8.20:8080', other: 'rs-20' }, withRealServer({ rip: '192.168.8.20' })],
  ['realServerIsVip', [...atRealServer, 'rip'], { service: 'web', realServer: `${vip}:8080`, vip }, withRealServer({ rip: vip })],
  ['familyNeedsTunnel', [...atRealServer, 'rip'], { service: 'web', realServer: '[fd00::30]:8080', method: 'nat' }, withRealServer({ rip: 'fd00::30' })],
  ['familyNeedsTunnel', [...atRealServer, 'rip'], { service: 'web', realServer: '[fd00::30]:80', method: 'dr' }, withRealServer({ rip: 'fd00::30', port: 80, method: { kind: 'dr' } })],
  ['portNotTranslated', [...atRealServer, 'port'], { service: 'web', realServer: '192.168.8.30:8080', method: 'dr', port: 8080, servicePort: 80 },
    withRealServer({ method: { kind: 'dr' } })],
  ['portNotTranslated', [...atRealServer, 'port'], { service: 'web', realServer: '192.168.8.30:8080', method: 'tun', port: 8080, servicePort: 80 },
    withRealServer({ method: { kind: 'tun', tunnel: { type: 'ipip' } } })],
  ['portZeroNeedsMarkOrPortZero', [...atRealServer, 'port'], { service: 'web', realServer: '192.168.8.30:0', servicePort: 80 }, withRealServer({ port: 0 })],
  ['proxiedNeedsPort', [...atRealServer, 'port'], { service: 'web', realServer: '192.168.8.30:8080' }, withRealServer({ method: { kind: 'proxied' } }, { match: mark })],
  ['weightAboveIpvsadm', [...atRealServer, 'weight'], { service: 'web', realServer: '192.168.8.30:8080', weight: 65_536 }, withRealServer({ weight: 65_536 })],
  ['thresholdsCrossed', [...atRealServer, 'thresholds'], { service: 'web', realServer: '192.168.8.30:8080', lower: 6, upper: 5 }, withRealServer({ thresholds: { upper: 5, lower: 6 } })],
  ['thresholdsCrossed', [...atRealServer, 'thresholds'], { service: 'web', realServer: '192.168.8.30:8080', lower: 1, upper: 0 }, withRealServer({ thresholds: { upper: 0, lower: 1 } })],
];

/** Near a rule, but right. */
const clean: readonly [what: string, definition: ClusterDefinition][] = [
  ['the cluster that the others vary', cluster()],
  ['the tutorial\'s cluster', tutorialCluster('lb-1')],
  ['a director without a DIP', cluster({ directors: [director('lb-1')] })],
  ['one weight above 0, another 0, in rr', withRealServer({ weight: 0 }, { scheduler: { name: 'rr' } })],
  ['port 0 with persistence', withService({
    match: match({ port: 0 }), persistence: { timeoutSeconds: 300, prefixLength: 24, engine: null }, realServers: [realServer('rs-20', { port: 0 })],
  })],
  ['a mark with ports kept', withService({ match: mark, realServers: [realServer('rs-20', { port: 0, method: { kind: 'dr' } })] })],
  ['one-packet UDP', withService({ match: match({ protocol: 'udp' }), onePacket: true })],
  ['SIP over UDP', withService({ match: match({ protocol: 'udp' }), persistence: sip })],
  ['an IPv6 prefix of 64', cluster({
    vips: [{ address: vip6, holder: 'lb-1' }],
    services: [service('web', {
      match: match({ vip: vip6 }), persistence: { timeoutSeconds: 300, prefixLength: 64, engine: null }, realServers: [realServer('rs', { rip: 'fd00::20' })],
    })],
  })],
  ['a tunnel across families', withRealServer({ rip: 'fd00::30', port: 80, method: { kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } } })],
  ['a proxied real server across families', withRealServer({ rip: 'fd00::30', method: { kind: 'proxied' } })],
  ['DR to the service\'s own port', withRealServer({ port: 80, method: { kind: 'dr' } })],
  ['one address with two ports', withRealServer({ rip: '192.168.8.20', port: 8081 })],
  ['one real server in two services', cluster({ services: [service('a'), service('b', { match: match({ port: 81 }) })] })],
  ['TCP and UDP on one port', cluster({ services: [service('a'), service('b', { match: match({ protocol: 'udp' }) })] })],
  ['one mark in both families', cluster({
    vips: [{ address: vip, holder: 'lb-1' }, { address: vip6, holder: 'lb-1' }],
    services: [service('a', { match: mark }), service('b', { match: { ...mark, family: 'ipv6', vips: [vip6] }, realServers: [realServer('rs', { rip: 'fd00::20' })] })],
  })],
  ['the highest weight ipvsadm can write', withRealServer({ weight: 65_535 })],
  ['equal thresholds', withRealServer({ thresholds: { upper: 5, lower: 5 } })],
  ['a director as real server', withRealServer({ rip: '192.168.8.10' })],
];

describe('lint', () => {
  it.each(broken)('finds %s at %j', (code, path, params, definition) => {
    const rule = rules.find((candidate) => candidate.code === code);
    expect(lint(definition)).toEqual([{ code, severity: rule?.severity, path, params }]);
    expect(Schema.parse(definition)).toEqual(definition);
    expect(Finding.array().parse(lint(definition))).toEqual(lint(definition));
  });

  it.each(clean)('has nothing to say about %s', (_, definition) => {
    expect(lint(definition)).toEqual([]);
    expect(Schema.parse(definition)).toEqual(definition);
  });

  it('has a definition here that breaks each rule, and each code once', () => {
    const codes = rules.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.toSorted()).toEqual([...new Set(broken.map(([code]) => code))].toSorted());
  });

  it('points at something that is there', () => {
    for (const [, , , definition] of broken) {
      for (const { path } of lint(definition)) {
        const found = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], definition);
        expect(found).not.toBeUndefined();
      }
    }
  });

  it('finds each of three that repeat one, and says with which', () => {
    const realServers = ['a', 'b', 'c'].map((id) => realServer(id));
    expect(lint(withService({ realServers })).map(({ path, params }) => [path[3], params['other']])).toEqual([[1, 'a'], [2, 'a']]);
  });

  it('goes on after a fault: several in one definition are all found', () => {
    const definition = cluster({ directors: [], services: [service('web', { onePacket: true, realServers: [realServer('rs', { rip: vip, weight: 70_000 })] })] });
    expect(lint(definition).map(({ code }) => code)).toEqual(['noDirector', 'holderNotInCluster', 'onePacketNeedsUdp', 'realServerIsVip', 'weightAboveIpvsadm']);
  });

  it('tells errors from warnings', () => {
    expect(hasErrors(lint(cluster({ vips: [{ address: vip, holder: null }] })))).toBe(false);
    expect(hasErrors(lint(cluster({ directors: [] })))).toBe(true);
    expect(hasErrors([])).toBe(false);
  });
});
