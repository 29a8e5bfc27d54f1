import { describe, expect, it } from 'vitest';
import { costsOf } from '../change/cost/cost.ts';
import { directorPlan } from '../change/director-plan.ts';
import type { Operation } from '../change/operation.ts';
import type { ClusterDefinition } from '../definition/definition.ts';
import { tutorialCluster } from '../definition/tutorial.ts';
import type { Accepted } from '../effective/effective.ts';
import { hostCommand } from './command.ts';
import { hostDeviations, unsetMarks } from './deviations.ts';
import { HostOperation, HostReading, InterfaceName, SettingName } from './host.ts';
import type { HostInterface } from './host.ts';
import { markTable } from './marks.ts';
import { planHost } from './plan-host.ts';
import { inSubnet } from './subnet.ts';
import { interfaceFor, wantedHost } from './wanted-host.ts';

const VIP = '192.168.8.200';

function face(name: string, addresses: readonly [string, number, boolean?][] = [], loopback = false): HostInterface {
  return { name, up: true, loopback, addresses: addresses.map(([address, prefixLength, byWeir = false]) => ({ address, prefixLength, byWeir })) };
}

const lo = face('lo', [['127.0.0.1', 8]], true);
const eth0 = face('eth0', [['192.168.8.10', 24]]);
const eth1 = face('eth1', [['192.168.9.10', 24]]);

function reading(interfaces: HostInterface[], changes: Partial<HostReading> = {}): HostReading {
  return { interfaces, settings: [], contested: [], marks: null, learntDefault: null, defaultInterface: { ipv4: null, ipv6: null }, ...changes };
}

type MethodKind = 'nat' | 'dr';

function accepted(change: (definition: ClusterDefinition) => ClusterDefinition = (same) => same, method: MethodKind = 'dr', clusterId = 'c1'): Accepted {
  const tutorial = tutorialCluster('d1');
  const [service] = tutorial.services;
  if (service === undefined) throw new Error('the tutorial has a service');
  const realServers = service.realServers.map((realServer, index) => ({ ...realServer, rip: `192.168.8.${20 + index * 10}`, method: { kind: method } }));
  return {
    clusterId, revision: 1,
    definition: change({
      ...tutorial, directors: [{ directorId: 'd1', dip: { ipv4: '192.168.8.10', ipv6: null } }], vips: [{ address: VIP, holder: 'd1' }],
      services: [{ ...service, match: { kind: 'address', protocol: 'tcp', vip: VIP, port: 80 }, realServers }],
    }),
  };
}

function wanted(held: readonly Accepted[], host: HostReading) {
  return wantedHost(held.map((one) => ({ ...one, directorId: 'd1' })), host);
}

describe('a network', () => {
  it.each<[string, string, number, boolean]>([
    ['10.0.0.1', '10.0.0.99', 24, true], ['10.0.1.1', '10.0.0.99', 24, false], ['10.0.1.1', '10.0.0.99', 23, true], ['1.2.3.4', '10.0.0.1', 0, true],
    ['10.0.0.1', '10.0.0.2', 32, false], ['fd00::1', 'fd00::ff', 64, true], ['fd00:0:0:1::1', 'fd00::1', 64, false], ['fd00::1', '10.0.0.1', 0, false],
  ])('%s in %s/%i: %s', (address, network, prefixLength, expected) => expect(inSubnet(address, network, prefixLength)).toBe(expected));
});

describe('where a VIP belongs', () => {
  it.each<[string, HostReading, string | null]>([
    ['the interface of its network', reading([lo, eth1, eth0]), 'eth0'],
    ['the narrowest network', reading([lo, face('wide', [['192.168.0.1', 16]]), eth0]), 'eth0'],
    ['not where a single address of Weir is', reading([lo, face('eth9', [[VIP, 32, true]]), eth0]), 'eth0'],
    ['nor where somebody else\'s is, as an operator puts on VIPs by the thousand', reading([lo, face('eth9', [[VIP, 32]]), eth0]), 'eth0'],
    ['else the default route', reading([lo, eth1], { defaultInterface: { ipv4: 'eth1', ipv6: null } }), 'eth1'],
    ['never loopback', reading([face('lo', [['192.168.8.1', 24]], true)]), null],
    ['else nowhere', reading([lo, eth1]), null],
  ])('%s', (_, host, expected) => expect(interfaceFor(VIP, host)).toBe(expected));
});

describe('the plan for a host', () => {
  const add: HostOperation = { kind: 'addVip', vip: VIP, interface: 'eth0' };
  const remove: HostOperation = { kind: 'removeVip', vip: VIP, interface: 'eth0' };
  const held = face('eth0', [['192.168.8.10', 24], [VIP, 32, true]]);
  const nobody = accepted((definition) => ({ ...definition, vips: [{ address: VIP, holder: null }] }));

  it.each<[string, Accepted[], HostInterface[], HostOperation[], HostOperation[]]>([
    ['puts on what is held', [accepted()], [lo, eth0], [add], []],
    ['does nothing twice', [accepted()], [lo, held], [], []],
    ['takes off what another holds', [accepted((d) => ({ ...d, vips: [{ address: VIP, holder: 'd2' }] }))], [lo, held], [], [remove]],
    ['takes off what nobody holds', [nobody], [lo, held], [], [remove]],
    ['takes off what no cluster names any more', [], [lo, held], [], [remove]],
    ['keeps what one of two clusters still needs', [nobody, accepted((d) => d, 'dr', 'c2')], [lo, held], [], []],
    ['leaves alone what Weir did not put on', [accepted()], [lo, face('eth0', [['192.168.8.10', 24], [VIP, 24]])], [], []],
    ['leaves alone what it did not put on and nobody wants', [], [lo, face('eth0', [['192.168.8.10', 24], [VIP, 32]])], [], []],
    ['leaves to the operator what is the operator\'s', [accepted((d) => ({ ...d, directors: d.directors.map((one) => ({ ...one, host: { vips: 'operator' } })) }))], [lo, eth0], [], []],
    ['moves it to the right interface', [accepted()], [lo, eth0, face('eth1', [['192.168.9.10', 24], [VIP, 32, true]])], [{ ...remove, interface: 'eth1' }, add], []],
    ['has no place for it', [accepted()], [lo, eth1], [], []],
  ])('%s', (_, clusters, interfaces, added, removed) => {
    const host = reading(interfaces);
    expect(planHost(wanted(clusters, host), host)).toEqual({ settings: [], added, removed });
  });

  it('sets what NAT needs on the interface towards the real servers, and only what differs', () => {
    const settings = [
      { name: 'net/ipv4/conf/all/send_redirects', value: '1', before: null }, { name: 'net/ipv4/conf/eth0/send_redirects', value: '1', before: null },
      { name: 'net/ipv4/conf/eth1/send_redirects', value: '1', before: null }, { name: 'net/ipv4/ip_forward', value: '1', before: null },
    ];
    const host = reading([lo, eth0, eth1], { settings });
    expect(planHost(wanted([accepted((d) => d, 'nat')], host), host).settings).toEqual([
      { kind: 'setHostSetting', name: 'net/ipv4/conf/all/send_redirects', before: '1', after: '0' },
      { kind: 'setHostSetting', name: 'net/ipv4/conf/eth0/send_redirects', before: '1', after: '0' },
    ]);
    expect(planHost(wanted([accepted()], host), host).settings).toEqual([]);
  });

  it('returns a setting that is Weir\'s to what it was, when no cluster needs it', () => {
    const settings = [{ name: 'net/ipv4/ip_forward', value: '1', before: '0' }];
    const host = reading([lo, eth0], { settings });
    expect(planHost(wanted([accepted()], host), host).settings).toEqual([{ kind: 'setHostSetting', name: 'net/ipv4/ip_forward', before: '1', after: '0' }]);
    expect(planHost(wanted([accepted((d) => d, 'nat')], host), host).settings).toEqual([]);
  });

  it('has a VIP on only while its services are', () => {
    const service = { kind: 'address', protocol: 'tcp', vip: VIP, port: 80 } as const;
    const settings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false } as const;
    const gone: Operation = { kind: 'removeService', service, removed: { address: service, settings, realServers: [] } };
    const fresh: Operation = { kind: 'addService', service: { ...service, port: 81 }, settings };
    const forward: HostOperation = { kind: 'setHostSetting', name: 'net/ipv4/ip_forward', before: '0', after: '1' };
    expect(directorPlan([fresh, gone], { settings: [forward], added: [add], removed: [remove] })).toEqual([forward, fresh, add, remove, gone]);
  });

  it('says how many connections a VIP takes along', () => {
    const endpoint = { rip: '192.168.8.20', port: 80 };
    const actual = { services: [{
      address: { kind: 'address', protocol: 'tcp', vip: VIP, port: 80 } as const, foreign: false,
      settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false } as const,
      realServers: [{
        endpoint, connections: { active: 3, inactive: 4, persistent: null },
        settings: { method: { kind: 'dr' } as const, weight: 1, thresholds: { upper: 0, lower: 0 } },
      }],
    }] };
    expect(costsOf([add, remove, { ...remove, vip: '192.168.8.201' }], actual, { removal: 'stall' }))
      .toEqual([{ connections: 0, fate: 'none' }, { connections: 7, fate: 'stall' }, { connections: 0, fate: 'none' }]);
  });
});

describe('what Weir only reports of a host', () => {
  const codes = (clusters: Accepted[], host: HostReading): string[] => (
    hostDeviations(wanted(clusters, host), [VIP], host).map(({ code, severity }) => `${severity} ${code}`));
  const operators = accepted((d) => ({ ...d, directors: d.directors.map((one) => ({ ...one, host: { vips: 'operator', settings: 'operator' } })) }), 'nat');

  it.each<[string, Accepted[], HostReading, string[]]>([
    ['nothing, where it will put it on', [accepted()], reading([lo, eth0]), []],
    ['no interface for the VIP', [accepted()], reading([lo, eth1]), ['error vipWithoutInterface']],
    ['an address that it did not put on', [accepted()], reading([face('eth0', [[VIP, 32]])]), ['warning vipNotByWeir']],
    ['a VIP with a network', [accepted()], reading([face('eth0', [[VIP, 24]])]), ['warning vipNotSingle', 'warning vipNotByWeir']],
    ['the operator\'s VIP and settings', [operators], reading([eth0], { settings: [{ name: 'net/ipv4/ip_forward', value: '0', before: null }] }),
      ['warning vipMissing', 'warning settingDiffers', 'warning settingDiffers', 'warning settingDiffers']],
    ['a VIP that another host answers for', [accepted()], reading([face('eth0', [['192.168.8.10', 24], [VIP, 32, true]])], { contested: [{ vip: VIP, interface: 'eth0', owner: '02:00:00:00:00:01' }] }),
      ['warning vipContested']],
    ['nothing of one that no cluster names', [], reading([eth0], { contested: [{ vip: '192.168.8.201', interface: 'eth0', owner: '02:00:00:00:00:01' }] }), []],
    ['an address that this director does not hold', [accepted((d) => ({ ...d, vips: [{ address: VIP, holder: 'd2' }] }))], reading([face('eth0', [[VIP, 32]])]),
      ['warning vipNotHeldHere']],
  ])('%s', (_, clusters, host, expected) => expect(codes(clusters, host)).toEqual(expected));
});

it('forwarding IPv6 is refused where it would end the default route', () => {
  const clusters = [accepted((d) => ({
    ...d, services: d.services.map((service) => ({ ...service, realServers: service.realServers.map((one) => ({ ...one, rip: 'fd00::20' })) })),
  }), 'nat')];
  const at = (value: string, learntDefault: string | null): string[] => {
    const host = reading([eth0], { settings: [{ name: 'net/ipv6/conf/all/forwarding', value, before: null }], learntDefault });
    return hostDeviations(wanted(clusters, host), [], host).map(({ severity, code }) => `${severity} ${code}`);
  };
  expect([at('0', 'eth0'), at('0', null), at('1', 'eth0')]).toEqual([['error learntRouteEnds'], [], []]);
});

it('a mark that no rule sets is said, unless nobody can tell', () => {
  const { definition } = accepted((d) => ({
    ...d, services: d.services.map((service) => ({ ...service, match: { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: [VIP], ports: [] } })),
  }));
  const [service] = definition.services;
  const found = [{ code: 'markNotSet', severity: 'warning', path: [], params: { service: service?.name, mark: 7 } }];
  expect(unsetMarks(definition, reading([eth0], { marks: [8] }))).toEqual(found);
  expect(unsetMarks(definition, reading([eth0], { marks: [8, 7] }))).toEqual([]);
  expect(unsetMarks(definition, reading([eth0], { marks: null }))).toEqual([]);
});

describe('words for a shell', () => {
  it.each<[HostOperation, string]>([
    [{ kind: 'addVip', vip: VIP, interface: 'eth0.100' }, 'ip address add 192.168.8.200/32 dev eth0.100'],
    [{ kind: 'removeVip', vip: 'fd00::c8', interface: 'a;b$c' }, 'ip address del fd00::c8/128 dev \'a;b$c\''],
    [{ kind: 'addVip', vip: VIP, interface: 'it\'s' }, 'ip address add 192.168.8.200/32 dev \'it\'\\\'\'s\''],
    [{ kind: 'setHostSetting', name: 'net/ipv4/conf/eth0.1/send_redirects', before: '1', after: '0' }, 'sysctl -w net/ipv4/conf/eth0.1/send_redirects=0'],
  ])('%j', (operation, expected) => expect(hostCommand(HostOperation.parse(operation))).toBe(expected));

  it('sets the marks of all services in one table', () => {
    const definition = accepted((d) => ({
      ...d, services: d.services.flatMap((service) => [
        { ...service, match: { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: [VIP], ports: [80, 443] } },
        { ...service, id: 's2', match: { kind: 'mark', family: 'ipv6', mark: 8, protocol: 'udp', vips: ['fd00::1', 'fd00::2'], ports: [] } },
      ]),
    })).definition;
    expect(markTable(definition, 'weir_web')?.split('\n').filter((line) => line.includes('mark set'))).toEqual([
      '\t\tip daddr 192.168.8.200 tcp dport { 80, 443 } meta mark set 7', '\t\tip6 daddr { fd00::1, fd00::2 } meta l4proto udp meta mark set 8',
    ]);
    expect(markTable(accepted().definition, 'weir_web')).toBeNull();
  });
});

describe('what a host may say', () => {
  it.each(['', 'a'.repeat(16), 'a/b', 'a b', '.', '..', 'a\n', 'a:1'])('no interface is named %j', (name) => expect(InterfaceName.safeParse(name).success).toBe(false));
  it.each(['net/ipv4/../kernel/x', 'kernel/hostname', '/net/ipv4/ip_forward', 'net/ipv4', 'net.ipv4.ip_forward', 'net/ipv4/conf/../all', 'net/ipv4/a b'])(
    'no setting is named %j', (name) => expect(SettingName.safeParse(name).success).toBe(false));
  it('a reading is read as it is', () => {
    const host = reading([lo, eth0], { settings: [{ name: 'net/ipv4/ip_forward', value: '1', before: '0' }] });
    expect(HostReading.parse(host)).toEqual(host);
    expect(HostReading.safeParse({ ...host, settings: [{ name: 'net/ipv4/ip_forward', value: '1\n', before: null }] }).success).toBe(false);
  });
});
