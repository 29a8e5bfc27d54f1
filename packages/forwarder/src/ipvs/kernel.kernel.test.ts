// What Debian's kernel is set to, and counters that begin anew: ipvsadm and sysctl as witnesses.
import { useKernelVm } from '@weir/lab/vm/testing';
import { costOf, defaultOf, isKnownSetting, KernelState, knownSettings } from '@weir/model';
import type { Cost, Operation } from '@weir/model';
import { beforeAll, expect, test, vi } from 'vitest';
import { addService } from '../contract/subject.ts';
import { KernelBench } from './testing/kernel-bench.ts';

const vm = useKernelVm();
let bench: KernelBench;
beforeAll(async () => { bench = await KernelBench.build(vm()); });

const ipvsadm = (words: string): Promise<string> => bench.director.run(`ipvsadm ${words}`);

async function kernel(): Promise<KernelState> {
  const fixture = await bench.fixture('ipv4');
  const state = KernelState.parse(await fixture.forwarder.kernel());
  await fixture.dispose();
  return state;
}

test('settings are those that sysctl lists, and begin as Weir says they do', async () => {
  await bench.director.run('sysctl -qw net.ipv4.vs.sync_threshold="5 60" net.ipv4.vs.run_estimation=1');
  const { settings } = await kernel();
  const listed = (await bench.director.run('sysctl -a --pattern "^net.ipv4.vs[.]" 2>/dev/null')).trim().split('\n')
    .map((line) => /^net\.ipv4\.vs\.(\w+) = ?(.*)$/.exec(line)).map((match) => [match?.[1], (match?.[2] ?? '').replaceAll(/\s+/g, ' ').trim()]);
  expect(listed.length).toBeGreaterThan(20);
  expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toEqual(Object.fromEntries(listed));
  await bench.director.run('sysctl -qw net.ipv4.vs.sync_threshold="3 50"');
  const begun = (await kernel()).settings.filter(({ name }) => isKnownSetting(name) && defaultOf(name) !== null);
  expect(begun.map(({ name, value }) => `${name} ${value}`)).toEqual(begun.map(({ name }) => `${name} ${isKnownSetting(name) ? defaultOf(name) : ''}`));
  expect(settings.filter(({ name }) => !isKnownSetting(name))).toEqual([]);
  expect(knownSettings.filter((name) => !settings.some((setting) => setting.name === name))).toEqual(expect.arrayContaining(['est_cpulist', 'est_nice']));
});

async function toldTimeouts(): Promise<string> {
  const { timeouts: { tcpSeconds, tcpFinSeconds, udpSeconds } } = await kernel();
  return `Timeout (tcp tcpfin udp): ${tcpSeconds} ${tcpFinSeconds} ${udpSeconds}\n`;
}

test('timeouts are those of ipvsadm, before and after they were set', async () => {
  expect(await toldTimeouts()).toBe(await ipvsadm('-L --timeout'));
  await ipvsadm('--set 800 0 200');
  expect(await toldTimeouts()).toBe(await ipvsadm('-L --timeout'));
  await ipvsadm('--set 900 120 300');
});

test('the version and the size of the connection table stand in the heading of ipvsadm, and the schedulers are there to be used', async () => {
  const { version, connectionTableSize, schedulers } = await kernel();
  expect(await ipvsadm('-Ln')).toContain(`IP Virtual Server version ${version} (size=${connectionTableSize})`);
  expect(schedulers).toEqual(expect.arrayContaining(['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'dh', 'sh', 'sed', 'nq', 'fo', 'ovf', 'mh']));
});

test('no daemon runs until one is started; then both are told as ipvsadm tells them', async () => {
  expect((await kernel()).daemons).toEqual([]);
  await ipvsadm('--start-daemon master --mcast-interface eth0 --syncid 7 --mcast-group 224.0.0.90 --mcast-port 9000 --mcast-ttl 2');
  await ipvsadm('--start-daemon backup --mcast-interface eth0 --syncid 9');
  const { daemons } = await kernel();
  const lines = daemons.map((daemon) => (
    `${daemon.role} sync daemon (mcast=${daemon.interface}, syncid=${daemon.syncId}, maxlen=${daemon.longestMessageBytes}, group=${daemon.group}, port=${daemon.port}, ttl=${daemon.ttl})`));
  expect(lines).toEqual((await ipvsadm('-L --daemon')).trim().split('\n'));
  expect(lines).toHaveLength(2);
  await ipvsadm('--stop-daemon master');
  await ipvsadm('--stop-daemon backup');
  expect((await kernel()).daemons).toEqual([]);
});

async function countedConnections(): Promise<string[]> {
  return (await ipvsadm('-Ln --stats --exact')).split('\n').flatMap((line) => /^TCP +\S+ +(\d+)/.exec(line)?.[1] ?? []);
}

test('what is zeroed is 0 for ipvsadm too, and the other service counts on', async () => {
  const fixture = await bench.fixture('ipv4');
  const { forwarder, services: [web, other], endpoints: [rs1], method, connect } = fixture;
  const settings = { method, weight: 1, thresholds: { upper: 0, lower: 0 } };
  await forwarder.apply([web, other].flatMap((service) => [
    addService(service), { kind: 'addRealServer' as const, service, realServer: { endpoint: rs1, settings } },
  ]), { onFailure: 'goOn' });
  for (const service of [web, other]) {
    const connection = await connect?.(service);
    await connection?.exchange();
    await connection?.close();
  }
  await vi.waitFor(async () => expect(await countedConnections()).toEqual(['1', '1']), { timeout: 60_000, interval: 200 });
  await forwarder.zero(web);
  expect(await countedConnections()).toEqual(['0', '1']);
  await forwarder.zero(null);
  expect(await countedConnections()).toEqual(['0', '0']);
  await expect(forwarder.zero({ ...web, port: 1 } as typeof web)).rejects.toThrow('no such service');
  await fixture.dispose();
});

test('what a removal costs is what the sysctl makes of it: at 1 the client is cut off', async () => {
  const fixture = await bench.fixture('ipv4');
  const { forwarder, services: [web], endpoints: [rs1], method, connect } = fixture;
  const realServer = { endpoint: rs1, settings: { method, weight: 1, thresholds: { upper: 0, lower: 0 } } };
  const removal: Operation = { kind: 'removeRealServer', service: web, removed: realServer };
  const cost = async (): Promise<Cost> => costOf(removal, await forwarder.read(), forwarder.capabilities);
  await forwarder.apply([addService(web), { kind: 'addRealServer', service: web, realServer }], { onFailure: 'goOn' });
  const connection = await connect?.(web);
  await connection?.exchange();
  expect(await cost()).toEqual({ connections: 1, fate: 'stall' });
  await bench.director.run('sysctl -qw net.ipv4.vs.expire_nodest_conn=1');
  expect(await cost()).toEqual({ connections: 1, fate: 'reset' });
  await forwarder.apply([removal], { onFailure: 'goOn' });
  await expect(connection?.exchange()).rejects.toThrow(/ECONNRESET|closed|ended/);
  await fixture.dispose();
});
