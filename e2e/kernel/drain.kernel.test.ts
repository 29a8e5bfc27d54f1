// A host is drained in all its services while clients go on: short and long connections, a client that is remembered, datagrams.
import { useKernelVm } from '@weir/lab/vm/testing';
import { tutorial } from '@weir/lab/vm';
import type { Drain, DrainState } from '@weir/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, realServers, service, vips } from './testing/cluster.ts';
import { printedConnections } from './testing/counters.ts';

const vm = useKernelVm();
const address = vips.ipv4;
const dr = { kind: 'dr' } as const;
const clients = ['192.168.8.111', '192.168.8.112'];
const patient = { timeout: 120_000, interval: 500 };
const [drained] = tutorial.realServers;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(vm());
  // Established connections keep their 900 s; what is closed and datagrams are forgotten sooner than by default.
  await bench.director.place.run('ipvsadm --set 900 15 10');
  await bench.network.host('client').run(clients.map((own) => `ip address add ${own}/24 dev eth0`).join('; '));
});
afterAll(() => bench.close());

const echo = service('echo', { match: { kind: 'address', protocol: 'tcp', vip: address, port: 7 }, realServers: realServers(dr, 7) });
const sticky = service('sticky', { persistence: { timeoutSeconds: 20, prefixLength: 32, engine: null } });
const names = service('names', { match: { kind: 'address', protocol: 'udp', vip: address, port: 53 }, realServers: realServers(dr, 53) });

async function drainNow(): Promise<DrainState> {
  const [state] = (await bench.director.client.state.query()).drains ?? [];
  if (state === undefined) throw new Error('no drain');
  return state;
}

/** Long connections to echo, one on each real server. */
async function holdBoth(): Promise<ReadonlyMap<string, number>> {
  const held = new Map<string, number>();
  await expect.poll(async () => {
    const open = await bench.client.hold({ address, port: 7 });
    if (held.has(open.server)) await bench.client.letGo(open.held);
    else held.set(open.server, open.held);
    return held.size;
  }, patient).toBe(2);
  return held;
}

async function stickyOn(own: string): Promise<string | null | undefined> {
  const { order, failures } = await bench.client.askHttp({ address, port: 80, count: 1, localAddress: own });
  expect(failures).toEqual({});
  return order[0];
}

function seconds(fromMs: number, toMs: number): string {
  return `${((toMs - fromMs) / 1_000).toFixed(1)} s`;
}

it('nobody fails, what is open or remembered goes on, and it is done when the last of it is forgotten', async () => {
  const { director, client, load } = bench;
  expect((await director.apply(cluster([echo, sticky, names]))).outcome).toEqual({ kind: 'applied' });
  await load.begin({ address, port: 7, concurrency: 3, requestsPerConnection: 3, pauseMs: 40, deadlineMs: 30_000 });
  const held = await holdBoth();
  const onDrained = [];
  for (const own of clients) if (await stickyOn(own) === 'rs1') onDrained.push(own);
  expect(onDrained).toHaveLength(1);
  expect(new Set((await client.askUdp({ address, port: 53, count: 4 })).order)).toEqual(new Set(['rs1', 'rs2']));

  const startedAtMs = Date.now();
  const drain: Drain = {
    id: 'reboot', targets: ['echo', 'sticky', 'names'].map((serviceId) => ({ clusterId: 'cluster-1', serviceId, realServerId: 'rs1' })),
    author: 'ann', reason: 'new kernel', startedAtMs, deadlineMs: null, atDeadline: 'wait',
  };
  expect((await director.client.startDrain.mutate({ drain })).drift).toEqual([]);
  expect(await stickyOn(onDrained[0] ?? '')).toBe('rs1');
  expect(await client.askUdp({ address, port: 53, count: 4 })).toEqual({ order: ['rs2', 'rs2', 'rs2', 'rs2'], failures: {} });
  expect(await client.say(held.get('rs1') ?? 0, 'still here')).toBe('still here');
  await expect.poll(async () => (await drainNow()).estimate, patient).not.toBeNull();
  const first = (await drainNow()).estimate;
  expect((await drainNow()).phase).toBe('draining');

  await client.letGo(held.get('rs1') ?? 0);
  const estimates = new Map<number, number>();
  await expect.poll(async () => {
    const { phase, estimate } = await drainNow();
    if (estimate !== null) estimates.set(estimate.measuredAtMs, estimate.doneAtMs);
    return phase;
  }, patient).toBe('done');
  const { evidence } = await drainNow();
  expect(evidence).toMatchObject({ how: 'empty' });
  expect((await printedConnections(director.place)).filter(({ rip }) => rip === drained)).toEqual([]);
  expect(await client.say(held.get('rs2') ?? 0, 'and here')).toBe('and here');

  const doneAtMs = evidence?.zeroSinceMs ?? 0;
  console.log(`with a connection open: the estimate is ${seconds(first?.measuredAtMs ?? 0, first?.doneAtMs ?? 0)} of silence`);
  for (const [measuredAtMs, estimatedMs] of estimates) console.log(`estimated ${seconds(measuredAtMs, estimatedMs)} ahead, nothing was left ${seconds(measuredAtMs, doneAtMs)} later`);

  await director.client.endDrain.mutate({ drainId: 'reboot' });
  await expect.poll(async () => (await client.askUdp({ address, port: 53, count: 4 })).order, patient).toContain('rs1');
  const { failures, requests } = await load.end();
  console.log(`${requests} requests of short connections went on meanwhile`);
  expect(failures).toEqual({});
  expect(requests).toBeGreaterThan(0);
});
