// The scripts on a kernel with tunnels and IPVS: what they set up answers, and the packets on the link are those of the packet walk.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { HostDescription, Network } from '@weir/lab/vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../table/table.ts';
import { seenIn, seenOf } from '../testing/captured.ts';
import { hosts } from '../testing/hosts.ts';
import { targetsOf } from '../walk/target.ts';
import { walk } from '../walk/walk.ts';
import { realServerScript, type ScriptInput } from './script.ts';

const vm = useKernelVm();

function hostAt(number: number, more: Partial<HostDescription> = {}): HostDescription {
  return { interfaces: { eth0: { on: 'lan', addresses: [`192.168.8.${number}/24`, `fd00::${number}/64`] } }, ...more };
}

let network: Network;
beforeAll(async () => {
  network = await vm().network({
    hosts: {
      client: hostAt(100),
      // Without preferred_lft 0 the kernel takes an IPv6 VIP for the source of its tunnels, and a real server that has the VIP itself drops those.
      director: hostAt(10, { ip: ['address add 192.168.8.200/32 dev eth0', 'address add fd00::200/128 dev eth0 nodad preferred_lft 0'] }),
      realServer: hostAt(20),
    },
    modules: ['ip_vs'],
  });
  const server = network.host('realServer').spawn('node', ['-e', `require('http').createServer((_, answer) => answer.end('rs-20')).listen(80, '::', () => console.log('listens'))`]);
  await server.says(/listens/);
});
afterAll(() => network.remove());

/** /run of the guest is shared by its hosts: each call keeps its records in a file of this host's own. */
function run(script: string, command: string): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const own = script.replace('state=/run/weir', 'state=/run/weir-rs-20');
  return network.host('realServer').attempt(`sh -s ${command}`, { input: own });
}

function tunnelArguments({ needs }: ScriptInput): string {
  const { method } = needs.hosted[0]?.realServer ?? {};
  if (method?.kind !== 'tun') return '-g';
  const { tunnel } = method;
  const checksum = tunnel.type === 'ipip' ? '' : tunnel.checksum === 'none' ? '--tun-nocsum' : `--tun-${tunnel.checksum}`;
  return `-i --tun-type ${tunnel.type} ${tunnel.type === 'gue' ? `--tun-port ${tunnel.port}` : ''} ${checksum}`;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** What neither this machine's own kernel has nor the tests of all methods have. */
const kinds = ['gre-csum', 'ipv4-in-ipv6', 'ipv6-in-ipv4'];

test.each(kinds.flatMap((kind) => (hosts[kind] === undefined ? [] : [[kind, hosts[kind]] as const])))('%s: apply makes it answer, the packets are those of the walk, undo returns the host and check names what is missing', async (_, input) => {
  const script = realServerScript(input);
  const [{ service, realServer }] = input.needs.hosted as [ScriptInput['needs']['hosted'][number]];
  const address = addressOf(service.match);
  const vip = address.kind === 'address' ? address.vip : '';
  const ask = (): Promise<{ code: number | null; stdout: string }> => network.host('client').attempt(`curl -sg -m 60 http://${bracketed(vip)}/`);

  const listens = `-t ${bracketed(vip)}:80`;
  await network.host('director').run(`ipvsadm -C; ipvsadm -A ${listens} -s rr; ipvsadm -a ${listens} -r ${bracketed(realServer.rip)}:80 ${tunnelArguments(input)}`);
  const applied = await run(script, 'apply');
  expect([applied.stdout, applied.stderr, applied.code]).toEqual([expect.stringMatching(/\nok\n$/), '', 0]);
  await network.host('client').run('ip neigh flush all');
  const capture = await network.host('client').capture('eth0', { filter: 'ip or ip6' });
  const inside = await network.host('realServer').capture('eth0', { filter: 'ip or ip6' });
  expect(await ask()).toMatchObject({ stdout: 'rs-20' });
  const seen = [...await capture.stop(), ...await inside.stop()].flatMap((frame) => seenIn(frame, network) ?? []);
  const port = Number(seen[0]?.source.split(' ')[1]);
  const [target] = targetsOf(service.match);
  const { hops } = walk({
    service, realServer, target: target ?? { vip, port: 80 }, dip: { ipv4: '192.168.8.10', ipv6: 'fd00::10' }, realServerPlace: 'sameSubnet', mtuBytes: 1_500,
    client: { place: 'sameSubnet', address: vip.includes(':') ? 'fd00::100' : '192.168.8.100', port },
  });
  for (const hop of hops) expect(seen).toContainEqual(seenOf(hop));
  // Nothing else is on the link: every captured packet is one of the walk's hops.
  for (const each of seen) expect(hops.map(seenOf)).toContainEqual(each);
  const undone = await run(script, 'undo');
  expect([undone.stdout, undone.code]).toEqual([expect.stringMatching(/ok undone\n$/), 0]);
  expect((await run(script, 'check')).stdout).toMatch(/^wrong tunnel_[^]*^wrong vip_missing /m);
});

test('undo leaves a tunnel that another cluster on this host needs, and that one removes it', async () => {
  const [one, other] = ['c-1', 'c-2'].map((clusterId) => realServerScript({ ...hosts['gre'] as ScriptInput, clusterId }));
  await run(one ?? '', 'apply');
  await network.host('realServer').run('echo 1 > /proc/sys/net/ipv4/conf/all/rp_filter');
  await run(one ?? '', 'apply');
  expect(await run(other ?? '', 'apply')).toMatchObject({ stdout: expect.stringMatching(/^note mtu [^\n]*\nok\n$/) as unknown, code: 0 });
  expect((await run(one ?? '', 'undo')).stdout).toContain('left weirgre: ');
  expect(await run(other ?? '', 'check')).toMatchObject({ code: 0 });
  expect((await run(other ?? '', 'undo')).stdout).toMatch(/removed weirgre[^]*ok undone/);
  await network.host('realServer').run('echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter');
});

test('rp_filter is strict when the larger of all and the interface is', async () => {
  const script = realServerScript(hosts['ipip'] as ScriptInput);
  await run(script, 'apply');
  const cases = [[1, 0, true], [0, 1, true], [1, 2, false]] as const;
  for (const [all, tunl0, strict] of cases) {
    await network.host('realServer').run(`echo ${all} > /proc/sys/net/ipv4/conf/all/rp_filter; echo ${tunl0} > /proc/sys/net/ipv4/conf/tunl0/rp_filter`);
    const { stdout } = await run(script, 'check');
    expect(stdout.includes('wrong rp_filter all and tunl0 give 1'), `all ${all}, tunl0 ${tunl0}`).toBe(strict);
  }
  expect((await run(script, 'undo')).code).toBe(0);
});

test('a tunnel of that name that is another one is said to be, and stays as it is', async () => {
  const host = network.host('realServer');
  const script = realServerScript(hosts['gre'] as ScriptInput);
  await host.run('ip link add name weirgre type gre local 192.168.8.20 remote 192.168.8.99 && ip link set dev weirgre up');
  for (const command of ['check', 'apply']) {
    expect(await run(script, command)).toMatchObject({ stdout: expect.stringContaining('wrong tunnel_other weirgre is there') as unknown, code: 1 });
  }
  await run(script, 'undo');
  expect(await host.run('ip -d link show dev weirgre; ip link del dev weirgre')).toContain('remote 192.168.8.99');
});

test('undo takes away nothing that somebody put in the place of what apply made', async () => {
  const host = network.host('realServer');
  const gre = realServerScript(hosts['gre'] as ScriptInput);
  await run(gre, 'apply');
  await host.run('ip link del dev weirgre; ip link add name weirgre type gre local 192.168.8.20 remote 192.168.8.99');
  expect((await run(gre, 'undo')).stdout).toContain('left weirgre: it is another one by now');
  expect(await host.run('ip -d link show dev weirgre; ip link del dev weirgre')).toContain('remote 192.168.8.99');
  const gue = realServerScript(hosts['gue'] as ScriptInput);
  await run(gue, 'apply');
  await host.run('ip fou del port 6080; ip fou add port 6080 ipproto 4');
  expect((await run(gue, 'undo')).stdout).toContain('left GUE on port 6080: it is gone, or another one by now');
  expect(await host.run('ip fou show; ip fou del port 6080')).toContain('port 6080 ipproto 4');
});
