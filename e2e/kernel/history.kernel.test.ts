// What a director's history says was carried, with ipvsadm as a witness: over an agent that was killed, and counters that somebody set to 0.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { Counters } from '@weir/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, service, vips } from './testing/cluster.ts';
import { printedTable } from './testing/counters.ts';

const vm = useKernelVm();
const address = vips.ipv4;
const patient = { timeout: 120_000, interval: 500 };

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(vm());
  await bench.director.apply(cluster([service('web')]));
});
afterAll(() => bench.close());

type Totals = Readonly<Record<string, readonly number[]>>;

const counted = (columns: readonly string[]): number[] => [0, 1, 3].map((at) => Number(columns[at]));

/** Connections, packets in and bytes in, of the service and each real server; what is answered does not pass the director. */
async function printed(): Promise<Totals> {
  const [web] = await printedTable(bench.director.place, '--stats --exact');
  if (web === undefined) throw new Error('no service');
  return Object.fromEntries([['service', counted(web.columns)], ...web.realServers.map(({ name, columns }) => [name, counted(columns)] as const)]);
}

const seen = ({ connections, packetsIn, bytesIn }: Counters): number[] => [connections, packetsIn, bytesIn].map(Number);

/** The kernel renews its counters every 2 s: what stays so long is all that there is. */
const RENEWED_MS = 5_000;

/** When the traffic is over and the agent has looked: what ipvsadm prints. A client's port that comes again in time is no other connection, so how many there are it alone knows. */
async function settled(): Promise<Totals> {
  let text = '';
  let sinceMs = Date.now();
  await expect.poll(async () => {
    const now = JSON.stringify(await printed());
    if (now !== text) sinceMs = Date.now();
    text = now;
    const [web] = bench.director.sample()?.services ?? [];
    const told = web === undefined ? {} : Object.fromEntries([['service', seen(web.counters)], ...web.realServers.map(({ key, counters }) => [key, seen(counters)] as const)]);
    return JSON.stringify(told) === now && Date.now() - sinceMs > RENEWED_MS;
  }, patient).toBe(true);
  return printed();
}

function added(all: readonly Totals[]): Totals {
  const sums: Record<string, number[]> = {};
  for (const [name, figures] of all.flatMap((one) => Object.entries(one))) sums[name] = figures.map((figure, at) => figure + (sums[name]?.[at] ?? 0));
  return sums;
}

async function totals(): Promise<Totals> {
  const services = (await bench.director.intervals()).flatMap((interval) => interval.services);
  return added(services.map(({ growth, realServers }) => Object.fromEntries([['service', seen(growth)], ...realServers.map((one) => [one.key, seen(one.growth)] as const)])));
}

async function ask(count: number): Promise<void> {
  expect((await bench.client.askHttp({ address, port: 80, count })).failures).toEqual({});
}

it('is what ipvsadm counted, to the byte', async () => {
  const { director } = bench;
  await ask(20);
  await expect.poll(async () => (await bench.director.intervals()).length, patient).toBeGreaterThan(0);
  await director.kill();
  await ask(30);
  await director.restart();
  const before = await settled();
  await director.client.zero.mutate({ service: null });
  await ask(10);
  const after = await settled();
  expect([before['service']?.[0], after['service']?.[0]].every((connections) => connections !== undefined && connections > 5)).toBe(true);
  await expect.poll(totals, patient).toEqual(added([before, after]));
  const all = await bench.director.intervals();
  console.log(all.map(({ startMs, services: [web] }) => `${new Date(startMs).toISOString().slice(11, 19)}: ${String(web?.growth.connections)} connections, of them ${String(web?.measuredGrowth.connections)} in ${web?.measuredMs} ms that were measured`).join('\n'));
  expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, at) => at + 1));
  expect(new Set(all.map(({ startMs }) => startMs)).size).toBe(all.length);
  expect(all.flatMap(({ services }) => services).every(({ clusterId, serviceId, growth }) => clusterId === 'cluster-1' && serviceId === 'web' && growth.bytesOut === 'replyBypassesDirector')).toBe(true);
}, 300_000);
