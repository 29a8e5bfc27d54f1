import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../table/capabilities.ts';
import type { RealServer, VirtualService } from '../definition/definition.ts';
import { SchedulerName } from '../definition/scheduler.ts';
import { cluster, realServer, service } from '../testing/definitions/cluster.ts';
import { unsupported } from './unsupported.ts';

const everything: Capabilities = {
  driver: 'ipvs', families: ['ipv4', 'ipv6'], protocols: ['tcp', 'udp', 'sctp'], marks: true, schedulers: [...SchedulerName.options],
  persistence: true, persistenceEngines: ['sip'], onePacket: true, methods: ['nat', 'dr', 'tun', 'proxied'], tunnels: ['ipip', 'gue', 'gre'],
  thresholds: true, unsure: [], removal: 'stall', outlivesAgent: true, countersRefreshMs: 2_000, byteKind: 'ipBytes',
};
const little: Capabilities = {
  driver: 'proxy', families: ['ipv4'], protocols: ['tcp'], marks: false, schedulers: ['rr', 'wrr'], persistence: false, persistenceEngines: [],
  onePacket: false, methods: ['proxied'], tunnels: [], thresholds: false, unsure: [], removal: 'reset', outlivesAgent: false, countersRefreshMs: 0, byteKind: 'payloadBytes',
};
const easy = realServer('rs', { method: { kind: 'proxied' } });

const at = (s: number, r?: number): (string | number)[] => (r === undefined ? ['services', s] : ['services', s, 'realServers', r]);

describe('what a driver cannot do', () => {
  it.each<[feature: string, value: string, changes: Partial<VirtualService>]>([
    ['family', 'ipv6', { match: { kind: 'address', protocol: 'tcp', vip: 'fd00::1', port: 80 } }],
    ['protocol', 'udp', { match: { kind: 'address', protocol: 'udp', vip: '10.0.0.1', port: 80 } }],
    ['mark', '7', { match: { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['10.0.0.1'], ports: [] } }],
    ['scheduler', 'mh', { scheduler: { name: 'mh', fallback: false, port: false } }],
    ['persistence', '300 s', { persistence: { timeoutSeconds: 300, prefixLength: 32, engine: null } }],
    ['onePacket', 'ops', { onePacket: true }],
  ])('%s %s of a service', (feature, value, changes) => {
    const definition = cluster({ services: [service('fine', { realServers: [easy] }), service('web', { realServers: [easy], ...changes })] });
    expect(unsupported(definition, little)).toEqual([
      { code: 'unsupportedByDriver', severity: 'error', path: at(1), params: { driver: 'proxy', feature, value } }]);
    expect(unsupported(definition, everything)).toEqual([]);
  });

  it.each<[feature: string, value: string, changes: Partial<RealServer>, can?: Partial<Capabilities>]>([
    ['family', 'ipv6', { rip: 'fd00::20' }],
    ['method', 'nat', { method: { kind: 'nat' } }],
    ['method', 'tun', { method: { kind: 'tun', tunnel: { type: 'ipip' } } }],
    ['tunnel', 'gre', { method: { kind: 'tun', tunnel: { type: 'gre', checksum: 'none' } } }, { methods: ['tun', 'proxied'], tunnels: ['ipip'] }],
    ['thresholds', '100/0', { thresholds: { upper: 100, lower: 0 } }],
    ['thresholds', '0/5', { thresholds: { upper: 0, lower: 5 } }],
  ])('%s %s of a real server', (feature, value, changes, can = {}) => {
    const definition = cluster({ services: [service('web', { realServers: [easy, { ...easy, id: 'other', ...changes }] })] });
    expect(unsupported(definition, { ...little, ...can })).toEqual([
      { code: 'unsupportedByDriver', severity: 'error', path: at(0, 1), params: { driver: 'proxy', feature, value } }]);
    expect(unsupported(definition, everything)).toEqual([]);
  });

  it('is all of it at once', () => {
    const sip = { timeoutSeconds: 60, prefixLength: 32, engine: 'sip' } as const;
    const definition = cluster({ services: [service('sip', { persistence: sip, onePacket: true, realServers: [easy] })] });
    expect(unsupported(definition, little).map(({ params }) => params['feature'])).toEqual(['persistence', 'persistenceEngine', 'onePacket']);
    expect(unsupported(definition, { ...everything, persistenceEngines: [] }).map(({ params }) => params['value'])).toEqual(['sip']);
  });

  it('is a warning where nobody could tell', () => {
    const sctp = service('signals', { match: { kind: 'address', protocol: 'sctp', vip: '10.0.0.1', port: 99 }, realServers: [easy] });
    const tunnel = { ...easy, method: { kind: 'tun', tunnel: { type: 'gue', port: 6_080, checksum: 'none' } } } as const;
    const definition = cluster({ services: [sctp, service('web', { realServers: [tunnel] })] });
    const old: Capabilities = { ...everything, protocols: ['tcp', 'udp'], tunnels: ['ipip'] };
    expect(unsupported(definition, { ...old, unsure: ['sctp', 'gue', 'gre'] })).toEqual([
      { code: 'unsureOfDriver', severity: 'warning', path: at(0), params: { driver: 'ipvs', feature: 'protocol', value: 'sctp' } },
      { code: 'unsureOfDriver', severity: 'warning', path: at(1, 0), params: { driver: 'ipvs', feature: 'tunnel', value: 'gue' } },
    ]);
    expect(unsupported(definition, old).map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  it('is nothing for nothing', () => expect(unsupported(cluster({ services: [] }), little)).toEqual([]));
});
