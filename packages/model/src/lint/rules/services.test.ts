import { describe, expect, it } from 'vitest';
import type { ClusterDefinition, VirtualService } from '../../definition/definition.ts';
import { cluster, realServer, service } from '../../testing/definitions/cluster.ts';
import type { Broken, Clean } from '../../testing/definitions/lint-cases.ts';
import { address, atService, checkRules, mark, sticky, vip, vip6, withService } from '../../testing/definitions/lint-cases.ts';
import { lint } from '../lint.ts';
import { serviceRules } from './services.ts';

const vip2 = '192.168.8.201';
const other = { ...mark, mark: 8 };
/** Services a, b, …, each with one of these matches, on two VIPs. */
const of = (...matches: readonly VirtualService['match'][]): ClusterDefinition => cluster({
  vips: [vip, vip2].map((text) => ({ address: text, holder: 'lb-1' })),
  services: [
    ...matches.map((match, n) => service(String.fromCharCode(97 + n), {
      match, ...(match.kind === 'address' && match.port === 0 ? { persistence: sticky, realServers: [realServer('rs', { port: 0 })] } : {}),
    })),
    service('elsewhere', { match: address({ vip: vip2, port: 9 }) }),
    service('here', { match: address({ protocol: 'sctp', port: 9 }) }),
  ],
});
const second = ['services', 1, 'match'];

const broken: readonly Broken[] = [
  { code: 'duplicateService', path: second, params: { service: 'b', key: `tcp ${vip}:80`, other: 'a' }, definition: of(address(), address()), mended: null },
  { code: 'duplicateService', path: second, params: { service: 'b', key: 'fwm ipv4 7', other: 'a' }, definition: of(mark, { ...mark, protocol: 'udp', ports: [53] }), mended: null },
  { code: 'duplicateService', path: second, params: { service: 'b', key: 'fwm ipv4 7', other: 'a' }, definition: of(mark, mark), mended: null },
  { code: 'serviceNameTwice', path: ['services', 1, 'name'], params: { service: 'web', key: `tcp ${vip}:81`, other: `tcp ${vip}:80` },
    definition: cluster({ services: [service('web'), { ...service('web', { match: address({ port: 81 }), realServers: [realServer('rs-30')] }), id: 'web-2' }] }), mended: null },
  { code: 'serviceWithoutRealServers', path: [...atService, 'realServers'], params: { service: 'web' }, definition: withService({ realServers: [] }), mended: null },
  { code: 'allWeightsZero', path: [...atService, 'realServers'], params: { service: 'web' }, definition: withService({ realServers: [realServer('rs-20', { weight: 0 })] }), mended: null },
  { code: 'addressBehindMark', path: ['services', 0, 'match'], params: { service: 'a', key: `tcp ${vip}:80`, other: 'b' }, definition: of(address(), mark), mended: null },
  { code: 'addressBehindMark', path: second, params: { service: 'b', key: `tcp ${vip}:443`, other: 'a' },
    definition: of({ ...mark, ports: [] }, address({ port: 443 })), mended: null },
  { code: 'addressBehindMark', path: second, params: { service: 'b', key: `tcp ${vip}:0`, other: 'a' },
    definition: of({ ...mark, ports: [] }, address({ port: 0 })), mended: null },
  { code: 'marksOverlap', path: second, params: { service: 'b', key: 'fwm ipv4 8', other: 'a' }, definition: of(mark, { ...other, ports: [443, 80] }), mended: null },
  { code: 'marksOverlap', path: second, params: { service: 'b', key: 'fwm ipv4 8', other: 'a' }, definition: of({ ...mark, ports: [] }, { ...other, vips: [vip2, vip] }), mended: null },
  { code: 'marksOverlap', path: second, params: { service: 'b', key: 'fwm ipv4 8', other: 'a' }, definition: of(mark, { ...other, ports: [] }), mended: null },
  { code: 'repeatedInMark', path: [...atService, 'match'], params: { service: 'web', value: 443 },
    definition: withService({ match: { ...mark, ports: [80, 443, 443] } }), mended: withService({ match: { ...mark, ports: [80, 443] } }) },
  { code: 'repeatedInMark', path: [...atService, 'match'], params: { service: 'web', value: vip },
    definition: withService({ match: { ...mark, vips: [vip, vip] } }), mended: withService({ match: mark }) },
  { code: 'portZeroInMark', path: [...atService, 'match', 'ports'], params: { service: 'web' },
    definition: withService({ match: { ...mark, ports: [80, 0] } }), mended: withService({ match: mark }) },
  { code: 'portZeroInMark', path: [...atService, 'match', 'ports'], params: { service: 'web' }, definition: withService({ match: { ...mark, ports: [0] } }), mended: null },
];

const clean: readonly Clean[] = [
  ['TCP and UDP on one port', of(address(), address({ protocol: 'udp' }))],
  ['a mark and an address with another port, VIP or protocol', of(mark, address({ port: 443 }), address({ vip: vip2 }), address({ protocol: 'udp' }))],
  ['a mark before the rest of a VIP', of(mark, address({ port: 0 }))],
  ['port 0 beside a port', of(address({ port: 0 }), address())],
  ['two marks with other ports, VIPs or protocols', of(mark, { ...other, ports: [443] }, { ...other, mark: 9, vips: [vip2] }, { ...other, mark: 10, protocol: 'udp', ports: [] })],
  ['one mark in both families', cluster({
    vips: [{ address: vip, holder: 'lb-1' }, { address: vip6, holder: 'lb-1' }],
    services: [service('a', { match: mark }), service('b', { match: { ...mark, family: 'ipv6', vips: [vip6] }, realServers: [realServer('rs', { rip: 'fd00::20' })] })],
  })],
  ['one weight above 0', withService({ realServers: [realServer('rs-20', { weight: 0 }), realServer('rs-30', { rip: '192.168.8.30' })] })],
];

describe('rules about which packets belong to a service', () => {
  checkRules(serviceRules, broken, clean);

  it('names the first mark for each that overlaps it', () => {
    const findings = lint(of(mark, { ...other, ports: [80, 443] }, { ...other, mark: 9, ports: [443] }));
    expect(findings.map(({ path, params }) => [path[1], params['other']])).toEqual([[1, 'a'], [2, 'b']]);
  });
});
