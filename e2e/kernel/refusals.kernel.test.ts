// What the kernel or the host refuses is that object's error, in words with the system's code; the rest goes on, and nothing is tried for ever.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { VirtualService } from '@weir/model';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, realServers, service, vips } from './testing/cluster.ts';
import { ruleLines, wantedLines } from './testing/ipvsadm.ts';

const vm = useKernelVm();
const dr = { kind: 'dr' } as const;

let bench: Bench;
beforeAll(async () => { bench = await startBench(vm()); });
afterAll(() => bench.close());

const scheduler = 'ovf';
/** A network that was just taken away may hold the module for a moment. */
const unload = `tries=0; while [ -d /sys/module/ip_vs_${scheduler} ] && [ $tries -lt 300 ]; do modprobe -r ip_vs_${scheduler} || sleep 0.1; tries=$((tries + 1)); done; [ ! -d /sys/module/ip_vs_${scheduler} ]`;
const hide = `${unload} && mount --bind /dev/null "$(modinfo -n ip_vs_${scheduler})"`;
const show = `umount "$(modinfo -n ip_vs_${scheduler})" 2>/dev/null || true`;
afterEach(() => vm().machine.run(show));

function onPort(port: number, changes: Partial<VirtualService> = {}): VirtualService {
  return service(`s${port}`, { match: { kind: 'address', protocol: 'tcp', vip: vips.ipv4, port }, realServers: realServers(dr, port), ...changes });
}

it('a scheduler whose module is gone: its service is refused with ENOENT, all others are there', async () => {
  const { director } = bench;
  const [first, broken, last] = [onPort(80), onPort(81, { scheduler: { name: scheduler } }), onPort(82)];
  await vm().machine.run(hide);
  const { steps, outcome } = await director.apply(cluster([first, broken, last]), { onFailure: 'goOn' });
  expect(outcome).toMatchObject({ kind: 'partlyApplied', remaining: [{ kind: 'addService' }, { kind: 'addRealServer' }, { kind: 'addRealServer' }] });
  const failed = steps.filter(({ result }) => result.status === 'failed');
  expect(failed).toHaveLength(3);
  expect(failed[0]).toMatchObject({
    operation: { kind: 'addService', settings: { scheduler: { name: scheduler } } },
    result: { fault: { code: 'unsupported', errno: 'ENOENT', message: expect.stringMatching(/scheduler/) as unknown } },
  });
  expect(failed.slice(1)).toMatchObject([{ result: { fault: { errno: 'ESRCH' } } }, { result: { fault: { errno: 'ESRCH' } } }]);
  expect(await ruleLines(director.place)).toEqual(wantedLines(cluster([first, last])));
  expect((await bench.client.askHttp({ address: vips.ipv4, port: 80, count: 2 })).failures).toEqual({});
  expect(await director.client.state.query()).toMatchObject({ driftCount: 3 });
});

it('the same change is undone as a whole where that was wished', async () => {
  const { director } = bench;
  expect((await director.apply(cluster([onPort(80)]))).outcome).toEqual({ kind: 'applied' });
  await vm().machine.run(hide);
  const { steps, outcome, accepted } = await director.apply(cluster([onPort(80), onPort(82), onPort(81, { scheduler: { name: scheduler } })]));
  expect(outcome.kind).toBe('rolledBack');
  expect(steps.map(({ result: { status } }) => status)).toContain('skipped');
  expect(await ruleLines(director.place)).toEqual(wantedLines(cluster([onPort(80)])));
  expect((await director.client.state.query()).accepted[0]?.revision).toBe(accepted);
});

it('after a boot the agent brings back what it can, and the rest once the kernel takes it', async () => {
  const { director } = bench;
  const [good, broken] = [onPort(80), onPort(81, { scheduler: { name: scheduler } })];
  expect((await director.apply(cluster([good, broken]))).outcome).toEqual({ kind: 'applied' });
  await director.kill();
  await director.place.run('ipvsadm -C');
  await vm().machine.run(hide);
  await director.restart({ afterBoot: true });
  await expect.poll(() => ruleLines(director.place), { timeout: 60_000 }).toEqual(wantedLines(cluster([good])));
  await expect.poll(async () => (await director.said()).join('\n'), { timeout: 60_000 }).toContain('an operation was refused');
  await vm().machine.run(show);
  await expect.poll(() => ruleLines(director.place), { timeout: 120_000 }).toEqual(wantedLines(cluster([good, broken])));
  await expect.poll(() => director.client.state.query(), { timeout: 60_000 }).toMatchObject({ driftCount: 0 });
});

it('a real server that the kernel does not take is refused with EINVAL, and the others are there', async () => {
  const { director } = bench;
  const [one, two] = realServers(dr, 83);
  if (one === undefined || two === undefined) throw new Error('there are two real servers');
  const broken = onPort(83, { realServers: [one, { ...two, rip: '192.168.8.255' }] });
  const { steps, outcome } = await director.apply(cluster([broken, onPort(80)]), { onFailure: 'goOn' });
  expect(outcome).toMatchObject({ kind: 'partlyApplied', remaining: [{ kind: 'addRealServer' }] });
  const failed = steps.filter(({ result }) => result.status === 'failed');
  expect(failed).toMatchObject([{ operation: { realServer: { endpoint: { rip: '192.168.8.255' } } }, result: { fault: { errno: 'EINVAL' } } }]);
  expect(await ruleLines(director.place)).toEqual(wantedLines(cluster([{ ...broken, realServers: [one] }, onPort(80)])));
});

it('an interface that is gone takes its VIP along: the state says it, and a change that needs it is refused', async () => {
  const { director } = bench;
  const vip = '192.168.9.200';
  const definition = cluster([onPort(80), service('outside', { match: { kind: 'address', protocol: 'tcp', vip, port: 80 } })], {
    vips: [vips.ipv4, vips.ipv6, vip].map((address) => ({ address, holder: 'director-1' })) });
  expect((await director.apply(definition)).outcome).toEqual({ kind: 'applied' });
  expect(await director.place.run('ip -brief address show eth1')).toContain(`${vip}/32`);
  await director.place.run('ip link delete eth1');
  await expect.poll(async () => (await director.client.state.query()).host, { timeout: 60_000 })
    .toMatchObject({ findings: [{ code: 'vipWithoutInterface', severity: 'error', params: { vip } }] });
  const answer = await director.answer(definition);
  expect(answer).toMatchObject({ kind: 'refused', why: 'unsupported', plan: { findings: expect.arrayContaining([expect.objectContaining({ code: 'vipWithoutInterface' })]) as unknown } });
  expect(await ruleLines(director.place)).toEqual(wantedLines(definition));
});
