// The host's VIPs and settings on Debian's kernel: what `ip` and packets on the link say of them.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { Frame, HostDescription, Network, Place, Remote } from '@weir/lab/vm';
import type { HostOperation, HostReading } from '@weir/model';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

const vm = useKernelVm();
const VIP = '192.168.8.200';
const VIP6 = 'fd00::c8';
const FORWARD = 'net/ipv4/ip_forward';

type HostModule = typeof import('./linux-host.guest.ts');

interface Directors {
  readonly network: Network;
  readonly place: Place;
  readonly host: Remote<HostModule>;
  readonly other: Remote<HostModule>;
}

const add = (vip: string, on = 'eth0'): HostOperation => ({ kind: 'addVip', vip, interface: on });
const remove = (vip: string, on = 'eth0'): HostOperation => ({ kind: 'removeVip', vip, interface: on });
const BOTH = [VIP, VIP6];
const DONE = { status: 'done' } as const;
const patient = { timeout: 30_000, interval: 200 };
const set = (before: string, after: string): HostOperation => ({ kind: 'setHostSetting', name: FORWARD, before, after });

function hostAt(number: number, others: HostDescription['interfaces'] = {}): HostDescription {
  return { interfaces: { eth0: { on: 'lan', addresses: [`192.168.8.${number}/24`, `fd00::${number}/64`] }, ...others } };
}

async function directors(): Promise<Directors> {
  const network = await vm().network({
    hosts: { client: hostAt(100), director: { ...hostAt(10, { eth1: { on: 'lan' } }), routes: ['default via 192.168.8.100'], sysctls: { 'net.ipv4.ip_forward': 0 }, ip: ['link set eth1 down'] }, standby: hostAt(11) },
  });
  const module = new URL('./linux-host.guest.ts', import.meta.url);
  const place = network.host('director');
  return { network, place, host: await place.use<HostModule>(module), other: await network.host('standby').use<HostModule>(module) };
}

function forwarding({ settings }: HostReading): HostReading['settings'][number] | undefined {
  return settings.find(({ name }) => name === FORWARD);
}

let bench: Directors;
beforeAll(async () => { bench = await directors(); });

/** One network for all: what a test left is taken away. */
afterEach(async () => {
  const { network, host, other } = bench;
  await Promise.all([host.forgetAll(), other.forgetAll()]);
  const lines = ['link set eth0 up', ...[`${VIP}/32`, '192.168.8.201/32', `${VIP6}/128`].map((address) => `address del ${address} dev eth0`), 'route replace default via 192.168.8.100'];
  await Promise.all(['director', 'standby'].map((name) => (
    network.host(name).run('echo 0 > /proc/sys/net/ipv4/ip_forward; ip -force -batch - 2>/dev/null || true', { input: `${lines.join('\n')}\n` }))));
});

/** What the client's link heard from the director about an address. */
function announcedBy(mac: string, address: string) {
  return ({ sourceMac, arp, packet }: Frame): boolean => (
    sourceMac === mac && (arp?.senderIp === address || (packet?.icmp?.type === 136 && packet.ip.source === address)));
}

describe('a VIP', () => {
  it('is put on as a single address, announced, and taken off', async () => {
    const { network, place, host } = bench;
    const capture = await network.host('client').capture('eth0', { filter: 'arp or icmp6' });
    expect(await host.apply(...BOTH.map((vip) => add(vip)))).toEqual([DONE, DONE]);
    expect(await place.run('ip -brief address show eth0')).toMatch(/192\.168\.8\.200\/32.*fd00::c8\/128/);
    const mac = network.mac('director', 'eth0');
    await capture.until((frames) => BOTH.every((vip) => frames.filter(announcedBy(mac, vip)).length >= 3));
    expect(await network.host('client').run(`ping -c 1 -w 60 ${VIP}; ip neigh show ${VIP}`)).toContain(mac);
    expect((await host.read()).interfaces.find(({ name }) => name === 'eth0')?.addresses.filter(({ byWeir }) => byWeir))
      .toEqual([{ address: VIP, prefixLength: 32, byWeir: true }, { address: VIP6, prefixLength: 128, byWeir: true }]);
    expect(await host.apply(...BOTH.map((vip) => remove(vip)))).toEqual([DONE, DONE]);
    expect(await place.run('ip -brief address show eth0')).not.toMatch(/8\.200|fd00::c8/);
    expect(JSON.parse(await host.onDisk())).toMatchObject({ format: 1, vips: [], settings: [] });
  });

  it('is still known as Weir\'s after a restart of the agent', async () => {
    const { place, host } = bench;
    await host.apply(add(VIP));
    await place.run('ip address add 192.168.8.201/32 dev eth0');
    await host.restart();
    const addresses = (await host.read()).interfaces.find(({ name }) => name === 'eth0')?.addresses ?? [];
    expect(addresses.filter(({ prefixLength }) => prefixLength === 32)).toEqual([
      { address: VIP, prefixLength: 32, byWeir: true }, { address: '192.168.8.201', prefixLength: 32, byWeir: false },
    ]);
  });

  it('that another host answers for is not taken, by ARP and by neighbour discovery', async () => {
    const { network, place, host, other } = bench;
    expect(await other.apply(...BOTH.map((vip) => add(vip)))).toEqual([DONE, DONE]);
    const taken = { status: 'failed', fault: { code: 'addressInUse', message: expect.stringContaining(network.mac('standby', 'eth0')) as unknown } };
    expect(await host.apply(...BOTH.map((vip) => add(vip)))).toMatchObject([taken, taken]);
    expect(await place.run('ip -brief address show eth0')).not.toMatch(/8\.200|fd00::c8/);
    expect(await other.apply(...BOTH.map((vip) => remove(vip)))).toEqual([DONE, DONE]);
    expect(await host.apply(...BOTH.map((vip) => add(vip)))).toEqual([DONE, DONE]);
    for (const vip of BOTH) {
      expect(await network.host('client').run(`ping -c 1 -w 60 ${vip} >/dev/null; ip neigh show ${vip}`)).toContain(network.mac('director', 'eth0'));
    }
  });

  it('that the agent had put on but not announced when it ended is announced at its start, and once', async () => {
    const { network, host } = bench;
    const mac = network.mac('director', 'eth0');
    const client = network.host('client');
    expect(await host.apply(...BOTH.map((vip) => add(vip)))).toEqual([DONE, DONE]);
    expect(JSON.parse(await host.onDisk())).toMatchObject({ vips: [{ announced: true }, { announced: true }] });
    await host.restartUnannounced();
    const capture = await client.capture('eth0', { filter: 'arp or icmp6' });
    await host.read();
    await capture.until((frames) => BOTH.every((vip) => frames.some(announcedBy(mac, vip))));
    await vi.waitFor(async () => expect(JSON.parse(await host.onDisk())).toMatchObject({ vips: [{ announced: true }, { announced: true }] }), patient);
  });

  it('that somebody else answers for by then is not announced, and said', async () => {
    const { network, host, other } = bench;
    expect(await host.apply(...BOTH.map((vip) => add(vip)))).toEqual([DONE, DONE]);
    // Added past its agent: that one would refuse.
    await network.host('standby').run(`ip address add ${VIP}/32 dev eth0; ip address add ${VIP6}/128 dev eth0 nodad`);
    await host.restartUnannounced();
    const contested = BOTH.map((vip) => ({ vip, interface: 'eth0', owner: network.mac('standby', 'eth0') }));
    await vi.waitFor(async () => expect((await host.read()).contested).toEqual(contested), patient);
    expect(JSON.parse(await host.onDisk())).toMatchObject({ vips: [{ announced: false }, { announced: false }] });
    expect((await other.read()).contested).toEqual([]);
  });

  it('that goes to another interface on the same link is not in its own way', async () => {
    const { place, host } = bench;
    // Both would answer for the addresses of either (arp_ignore=0), so that it is up here only.
    await place.run('ip link set eth1 up');
    expect(await host.apply(add(VIP, 'eth1'))).toEqual([DONE]);
    expect(await host.apply(remove(VIP, 'eth1'), add(VIP))).toEqual([DONE, DONE]);
    expect(await place.run('ip -brief address show eth0')).toContain(`${VIP}/32`);
    expect(await place.run('ip -brief address show eth1; ip link set eth1 down')).not.toContain(VIP);
  });

  it('is refused in words where there is no such interface, where it is down, and where it is there already', async () => {
    const { place, host } = bench;
    expect(await host.apply(add(VIP, 'eth7'))).toMatchObject([{ fault: { code: 'notFound', message: 'this host has no interface eth7' } }]);
    await place.run(`ip address add ${VIP}/32 dev eth0`);
    expect(await host.apply(add(VIP))).toMatchObject([{ fault: { code: 'alreadyExists', errno: 'EEXIST' } }]);
    await place.run('ip link set eth0 down');
    expect(await host.apply(add('192.168.8.201'))).toMatchObject([{ fault: { message: 'the interface eth0 is down' } }]);
    expect(JSON.parse(await host.onDisk())).toMatchObject({ vips: [] });
  });
});

describe('a setting', () => {
  it('is changed, remembered over a restart, and given back', async () => {
    const { place, host } = bench;
    expect(forwarding(await host.read())).toEqual({ name: FORWARD, value: '0', before: null });
    expect(await host.apply(set('0', '1'))).toEqual([DONE]);
    await host.restart();
    expect(forwarding(await host.read())).toEqual({ name: FORWARD, value: '1', before: '0' });
    expect(await host.apply(set('1', '0'))).toEqual([DONE]);
    expect(await place.run('cat /proc/sys/net/ipv4/ip_forward')).toBe('0\n');
    expect(forwarding(await host.read())).toEqual({ name: FORWARD, value: '0', before: null });
  });

  it('that somebody else changed meanwhile is not Weir\'s any more, and not changed over their head', async () => {
    const { place, host } = bench;
    await host.apply(set('0', '1'));
    await place.run('echo 0 > /proc/sys/net/ipv4/ip_forward');
    expect(forwarding(await host.read())).toEqual({ name: FORWARD, value: '0', before: null });
    expect(await host.apply(set('1', '0'))).toMatchObject([{ fault: { code: 'unexpected', message: `${FORWARD} is 0 by now, not 1` } }]);
  });
});

it('reads interfaces in order, loopback marked, and where the default route leaves', async () => {
  const { host } = bench;
  const { interfaces, defaultInterface, settings } = await host.read();
  expect(interfaces.filter(({ name }) => ['lo', 'eth0'].includes(name)).map(({ name, loopback, up }) => [name, loopback, up])).toEqual([['lo', true, true], ['eth0', false, true]]);
  expect(defaultInterface).toEqual({ ipv4: 'eth0', ipv6: null });
  expect(settings.map(({ name }) => name)).toEqual(expect.arrayContaining([FORWARD, 'net/ipv4/conf/eth0/send_redirects', 'net/ipv6/conf/all/forwarding']));
});
