import { describe, expect, it } from 'vitest';
import type { ClusterDefinition, RealServer, VirtualService } from '../../definition/definition.ts';
import { cluster, realServer, service } from '../../testing/definitions/cluster.ts';
import type { Broken, Clean } from '../../testing/definitions/lint-cases.ts';
import { address, atRealServer, checkRules, director, ipip, mark, vip, withRealServer, withService } from '../../testing/definitions/lint-cases.ts';
import { lint } from '../lint.ts';
import { realServerRules } from './real-servers.ts';

const proxied = { kind: 'proxied' } as const;
const dr = { method: { kind: 'dr' }, port: 80 } as const;
const vip2 = '192.168.8.201';
const two = [director('lb-1', '192.168.8.10'), director('lb-2', '192.168.8.11')];
const withTwoDirectors = (changes: Partial<RealServer>): ClusterDefinition => ({ ...withRealServer(changes), directors: two });
/** Each director holds one VIP. */
const shared = (...services: readonly Partial<VirtualService>[]): ClusterDefinition => cluster({
  directors: two, vips: [{ address: vip, holder: 'lb-1' }, { address: vip2, holder: 'lb-2' }],
  services: services.map((changes, n) => service(`s${n}`, { realServers: [realServer('rs')], ...changes })),
});

const broken: readonly Broken[] = [
  { code: 'duplicateRealServer', path: [...atRealServer, 'rip'], params: { service: 'web', realServer: '192.168.8.20:8080', other: 'rs-20' },
    definition: withRealServer({ rip: '192.168.8.20', weight: 9 }), mended: withService({ realServers: [realServer('rs-20')] }) },
  { code: 'realServerNameTwice', path: [...atRealServer, 'name'], params: { service: 'web', name: 'rs-20', realServer: '192.168.8.30:8080', other: '192.168.8.20:8080' },
    definition: withRealServer({ name: 'rs-20' }), mended: null },
  { code: 'realServerIsVip', path: [...atRealServer, 'rip'], params: { service: 'web', realServer: `${vip}:8080`, vip }, definition: withRealServer({ rip: vip }), mended: null },
  { code: 'realServerIsDirector', path: [...atRealServer, 'rip'], params: { service: 'web', realServer: '192.168.8.11:8080', director: 'lb-2', method: 'nat' },
    definition: withTwoDirectors({ rip: '192.168.8.11' }), mended: null },
  { code: 'realServerIsDirector', path: [...atRealServer, 'rip'], params: { service: 'web', realServer: '192.168.8.10:80', director: 'lb-1', method: 'dr' },
    definition: withTwoDirectors({ rip: '192.168.8.10', ...dr }), mended: null },
  { code: 'familyNeedsTunnel', path: [...atRealServer, 'rip'], params: { service: 'web', realServer: '[fd00::30]:8080', method: 'nat' },
    definition: withRealServer({ rip: 'fd00::30' }), mended: null },
  { code: 'familyNeedsTunnel', path: [...atRealServer, 'rip'], params: { service: 'web', realServer: '[fd00::30]:80', method: 'dr' },
    definition: withRealServer({ rip: 'fd00::30', ...dr }), mended: null },
  { code: 'natRepliesToOneDirector', path: ['services', 1, 'realServers', 0, 'method'],
    params: { service: 's1', realServer: '192.168.8.20:8080', director: 'lb-2', otherDirector: 'lb-1' },
    definition: shared({}, { match: address({ vip: vip2 }) }), mended: null },
  { code: 'natRepliesToOneDirector', path: ['services', 0, 'realServers', 0, 'method'],
    params: { service: 's0', realServer: '192.168.8.20:8080', director: 'lb-2', otherDirector: 'lb-1' },
    definition: shared({ match: { ...mark, vips: [vip, vip2] } }), mended: null },
  { code: 'weightAboveIpvsadm', path: [...atRealServer, 'weight'], params: { service: 'web', realServer: '192.168.8.30:8080', weight: 65_536 },
    definition: withRealServer({ weight: 65_536 }), mended: null },
  { code: 'thresholdsCrossed', path: [...atRealServer, 'thresholds'], params: { service: 'web', realServer: '192.168.8.30:8080', lower: 6, upper: 5 },
    definition: withRealServer({ thresholds: { upper: 5, lower: 6 } }), mended: withRealServer({ thresholds: { upper: 5, lower: 5 } }) },
  { code: 'thresholdsCrossed', path: [...atRealServer, 'thresholds'], params: { service: 'web', realServer: '192.168.8.30:8080', lower: 1, upper: 0 },
    definition: withRealServer({ thresholds: { upper: 0, lower: 1 } }), mended: withRealServer({}) },
];

const clean: readonly Clean[] = [
  ['a tunnel across families', withRealServer({ rip: 'fd00::30', port: 80, method: { kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } } })],
  ['a proxied real server across families', withRealServer({ rip: 'fd00::30', method: proxied })],
  ['one address with two ports', withRealServer({ rip: '192.168.8.20', port: 8081 })],
  ['the highest weight ipvsadm can write', withRealServer({ weight: 65_535 })],
  ['equal thresholds', withRealServer({ thresholds: { upper: 5, lower: 5 } })],
  ['the only director as real server', withRealServer({ rip: '192.168.8.10' })],
  ['another director as proxied real server', withTwoDirectors({ rip: '192.168.8.11', method: proxied })],
  ['one real server behind two directors by DR', shared(
    { realServers: [realServer('rs', dr)] }, { match: address({ vip: vip2 }), realServers: [realServer('rs', dr)] })],
  ['one real server behind two directors by TUN', shared(
    { realServers: [realServer('rs', { port: 80, method: ipip })] }, { match: address({ vip: vip2 }), realServers: [realServer('rs', { port: 80, method: ipip })] })],
  ['other real servers by NAT behind each director', shared({}, { match: address({ vip: vip2 }), realServers: [realServer('rs', { rip: '192.168.8.30' })] })],
  ['by NAT from one director only', shared({}, { match: address({ vip: vip2 }), realServers: [realServer('rs', dr)] })],
];

describe('rules about real servers', () => {
  checkRules(realServerRules, broken, clean);

  it('find each of three that repeat one, and say which', () => {
    const realServers = ['a', 'b', 'c'].map((id) => realServer(id));
    expect(lint(withService({ realServers })).map(({ path, params }) => [path[3], params['other']])).toEqual([[1, 'a'], [2, 'a']]);
  });
});
