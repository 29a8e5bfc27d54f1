// What a host needs, from everything that a cluster sends to it.
import { describe, expect, test } from 'vitest';
import { realServer, service } from '../testing/definitions/cluster.ts';
import { hostCluster, hosting, hosts, tun } from '../testing/hosts.ts';
import { needsNothing, realServerHosts, realServerNeeds } from './needs.ts';

const rip = '192.168.8.20';

test('the services of a cluster are combined for each host', () => {
  expect(hosts['everything']?.needs).toMatchObject({
    vips: ['192.168.8.200', 'fd00::200', '192.168.8.201', '192.168.8.202'], guePorts: [6080], gateway: '192.168.8.10', gaps: [],
    tunnels: [{ type: 'ip', families: ['ipv4'] }], names: ['rs-20'],
  });
});

test('each address is a host once, in the order of the services', () => {
  const both = service('web', { realServers: [realServer('a', { rip: '10.0.0.2' }), realServer('b', { rip: '10.0.0.1' })] });
  expect(realServerHosts(hostCluster([both, service('mail', { ...both, id: 'mail' })]))).toEqual(['10.0.0.2', '10.0.0.1']);
});

test('a proxied real server, and one on a director, needs nothing', () => {
  expect(hosts['proxied']?.needs).toSatisfy(needsNothing);
  for (const own of ['192.168.8.10', '127.0.0.1', 'fd00::10']) {
    expect(realServerNeeds(hostCluster([hosting({ kind: 'dr' }, { rip: own })]), own)).toSatisfy(needsNothing);
  }
});

describe('the gateway of NAT is the DIP of the director that holds the VIP', () => {
  const byNat = hostCluster([hosting({ kind: 'nat' }), hosting({ kind: 'nat' }, { id: 'mail', vip: '192.168.8.201' })]);

  test('one for all its services', () => {
    expect(realServerNeeds(byNat, rip)).toMatchObject({ gateway: '192.168.8.10', gaps: [] });
  });

  test('without a holder, without a DIP, or with two of them it is not known', () => {
    const [first, second] = byNat.vips;
    const vips = [first, second].flatMap((vip) => (vip === undefined ? [] : [vip]));
    const other = { directorId: 'lb-2', dip: { ipv4: '192.168.8.11', ipv6: null } };
    const held = (holder: string | null) => vips.map((vip, index) => (index === 1 ? { ...vip, holder } : vip));
    expect(realServerNeeds({ ...byNat, vips: held(null) }, rip)).toMatchObject({ gateway: null, gaps: ['noHolder'] });
    expect(realServerNeeds({ ...byNat, vips: held('lb-2'), directors: [...byNat.directors, other] }, rip)).toMatchObject({ gaps: ['severalGateways'] });
    const withoutDip = [{ directorId: 'lb-1', dip: { ipv4: null, ipv6: null } }];
    expect(realServerNeeds({ ...byNat, directors: withoutDip }, rip)).toMatchObject({ gateway: null, gaps: ['noDip'] });
  });
});

test('one GRE interface takes packets with a checksum or without', () => {
  const mixed = hostCluster([
    hosting(tun({ type: 'gre', checksum: 'none' })), hosting(tun({ type: 'gre', checksum: 'csum' }), { id: 'mail', vip: '192.168.8.201' }),
  ]);
  expect(realServerNeeds(mixed, rip)).toMatchObject({ gaps: ['mixedGreChecksums'], tunnels: [{ type: 'gre', checksum: false }] });
});
