import { describe } from 'vitest';
import type { ClusterDefinition, RealServer, VirtualService } from '../../definition/definition.ts';
import { cluster, realServer, service } from '../../testing/definitions/cluster.ts';
import type { Broken, Clean } from '../../testing/definitions/lint-cases.ts';
import { address, atRealServer, atService, both, checkRules, ipip, mark, sip, sticky, vip, vip6, withRealServer, withService } from '../../testing/definitions/lint-cases.ts';
import { schedulingRules } from './scheduling.ts';

const dr = { kind: 'dr' } as const;
const nat = { kind: 'nat' } as const;
const udp = address({ protocol: 'udp' });
const wholeClients = { timeoutSeconds: 360, prefixLength: 32, engine: null };
const ftp = address({ port: 21 });
const withThreshold = (upper: number): Partial<RealServer> => ({ method: dr, port: 80, thresholds: { upper, lower: 0 } });
const udpByDr = (changes: Partial<RealServer>): Partial<VirtualService> => (
  { match: udp, onePacket: true, realServers: [realServer('rs-20', { method: dr, port: 80 }), realServer('rs-30', { rip: '192.168.8.30', method: dr, port: 80, ...changes })] });
const twoVips = (changes: Partial<VirtualService>): ClusterDefinition => cluster({
  vips: [vip, '192.168.8.201'].map((text) => ({ address: text, holder: 'lb-1' })),
  services: [service('web', { match: { ...mark, vips: [vip, '192.168.8.201'] }, ...changes })],
});
const onIpv6 = (changes: Partial<VirtualService>): ClusterDefinition => cluster({
  vips: [{ address: vip6, holder: 'lb-1' }],
  services: [service('web', { match: address({ vip: vip6 }), realServers: [realServer('rs', { rip: 'fd00::20' })], ...changes })],
});

const atScheduler = [...atService, 'scheduler', 'name'];

const broken: readonly Broken[] = [
  { code: 'weightsHaveNoEffect', path: atScheduler, params: { service: 'web', scheduler: 'rr' },
    definition: withRealServer({ weight: 2 }, { scheduler: { name: 'rr' } }), mended: withRealServer({ weight: 2 }) },
  { code: 'weightsHaveNoEffect', path: atScheduler, params: { service: 'web', scheduler: 'lc' },
    definition: withRealServer({ weight: 2 }, { scheduler: { name: 'lc' } }), mended: withRealServer({ weight: 2 }, { scheduler: { name: 'wlc' } }) },
  { code: 'weightsHaveNoEffect', path: atScheduler, params: { service: 'web', scheduler: 'dh' },
    definition: twoVips({ scheduler: { name: 'dh' }, realServers: [realServer('a'), realServer('b', { rip: '192.168.8.30', weight: 2 })] }), mended: null },
  ...(['dh', 'lblc', 'lblcr'] as const).map((name): Broken => ({
    code: 'oneVipForSchedulerByVip', path: atScheduler, params: { service: 'web', scheduler: name },
    definition: withService({ scheduler: { name } }), mended: withService({ scheduler: { name: 'wlc' } }),
  })),
  { code: 'oneVipForSchedulerByVip', path: atScheduler, params: { service: 'web', scheduler: 'dh' },
    definition: withService({ match: mark, scheduler: { name: 'dh' } }), mended: withService({ match: mark, scheduler: { name: 'wlc' } }) },
  { code: 'portZeroWithoutPersistence', path: [...atService, 'match', 'port'], params: { service: 'web' },
    definition: withService({ match: address({ port: 0 }), realServers: both(nat, 0) }),
    mended: withService({ match: address({ port: 0 }), realServers: both(nat, 0), persistence: wholeClients }) },
  { code: 'portZeroWithoutPersistence', path: [...atService, 'match', 'port'], params: { service: 'web' },
    definition: onIpv6({ match: address({ vip: vip6, port: 0 }), realServers: [realServer('rs', { rip: 'fd00::20', port: 0 })] }),
    mended: onIpv6({
      match: address({ vip: vip6, port: 0 }), realServers: [realServer('rs', { rip: 'fd00::20', port: 0 })], persistence: { ...wholeClients, prefixLength: 128 },
    }) },
  { code: 'persistencePrefixTooLong', path: [...atService, 'persistence', 'prefixLength'], params: { service: 'web', prefixLength: 33 },
    definition: withService({ persistence: { ...wholeClients, prefixLength: 33 } }), mended: withService({ persistence: wholeClients }) },
  { code: 'persistenceEngineNeedsUdp', path: [...atService, 'persistence', 'engine'], params: { service: 'web', protocol: 'tcp' },
    definition: withService({ persistence: sip }), mended: withService({ persistence: { ...sip, engine: null } }) },
  { code: 'ftpNeedsPersistence', path: [...atService, 'persistence'], params: { service: 'web', method: 'dr' },
    definition: withService({ match: ftp, realServers: both(dr, 21) }), mended: withService({ match: ftp, realServers: both(dr, 21), persistence: wholeClients }) },
  { code: 'ftpNeedsPersistence', path: [...atService, 'persistence'], params: { service: 'web', method: 'tun' },
    definition: withService({ match: { ...mark, ports: [20, 21] }, realServers: both(ipip, 0) }),
    mended: withService({ match: { ...mark, ports: [20, 21] }, realServers: both(ipip, 0), persistence: wholeClients }) },
  { code: 'onePacketNeedsUdp', path: [...atService, 'onePacket'], params: { service: 'web', protocol: 'tcp' }, definition: withService({ onePacket: true }), mended: withService({}) },
  { code: 'onePacketNeedsUdp', path: [...atService, 'onePacket'], params: { service: 'web', protocol: 'sctp' },
    definition: withService({ onePacket: true, match: { ...mark, protocol: 'sctp' } }), mended: withService({ match: { ...mark, protocol: 'sctp' } }) },
  { code: 'onePacketByNat', path: [...atService, 'onePacket'], params: { service: 'web' },
    definition: withService({ match: udp, onePacket: true }), mended: withService({ match: udp }) },
  { code: 'thresholdsNeverReached', path: [...atRealServer, 'thresholds'], params: { service: 'web', realServer: '192.168.8.30:80', upper: 100 },
    definition: withService(udpByDr(withThreshold(100))), mended: withService(udpByDr(withThreshold(0))) },
];

const clean: readonly Clean[] = [
  ['one weight above 0, another 0, in rr', withRealServer({ weight: 0 }, { scheduler: { name: 'rr' } })],
  ['dh with one real server left', withRealServer({ weight: 0 }, { scheduler: { name: 'dh' } })],
  ['dh and lblc with two VIPs', twoVips({ scheduler: { name: 'dh' } })],
  ['lblc with two VIPs', twoVips({ scheduler: { name: 'lblc' } })],
  ['port 0 with persistence', withService({ match: address({ port: 0 }), persistence: sticky, realServers: both(nat, 0) })],
  ['FTP by NAT', withService({ match: ftp, realServers: both(nat, 21) })],
  ['FTP by DR with persistence', withService({ match: ftp, persistence: sticky, realServers: both(dr, 21) })],
  ['port 21 of UDP', withService({ match: address({ protocol: 'udp', port: 21 }), realServers: both(dr, 21) })],
  ['one-packet UDP by DR', withService({ match: udp, onePacket: true, realServers: both(dr, 80) })],
  ['SIP over UDP, each packet by itself, by NAT', withService({ match: udp, onePacket: true, persistence: sip })],
  ['thresholds of datagrams that make connections', withRealServer({ thresholds: { upper: 5, lower: 0 } }, { match: udp })],
  ['persistence with a scheduler that hashes clients', withService({ scheduler: { name: 'sh', fallback: false, port: false }, persistence: sticky })],
  ['an IPv6 prefix of 64', onIpv6({ persistence: { timeoutSeconds: 300, prefixLength: 64, engine: null } })],
];

describe('rules about scheduling', () => { checkRules(schedulingRules, broken, clean); });
