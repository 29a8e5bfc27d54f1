// Real servers die and come back under load on NAT, DR and TUN, all die, and the director loses its own network: what clients see of it.
import { tutorial, type ClientModule } from '@weir/lab/vm';
import { useKernelVm } from '@weir/lab/vm/testing';
import type { ForwardingMethod, RealServer, ServiceHealth, VirtualService } from '@weir/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, realServers, service, vips } from './testing/cluster.ts';

const vm = useKernelVm();
const address = vips.ipv4;
const patient = { timeout: 120_000, interval: 500 };
/** Programs take long to answer in the emulated machine. */
const check = { id: 'tcp', probe: { type: 'tcp' as const }, port: null, source: null, intervalMs: 1_000, changingIntervalMs: null, timeoutMs: 1_500, rise: 2, fall: 2 };
const health: ServiceHealth = {
  checks: [check], first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
};

function checked(id: string, port: number, listens: number, method: ForwardingMethod, changes: Partial<VirtualService> = {}): VirtualService {
  return service(id, {
    match: { kind: 'address', protocol: 'tcp', vip: address, port }, scheduler: { name: 'wrr' }, realServers: realServers(method, listens, 'ipv4', { weight: 10 }), health, ...changes,
  });
}

/** Both hosts by two addresses each: four that can fall silent together. */
const more = ['192.168.8.21', '192.168.8.31'];
function wide(): RealServer[] {
  const both = realServers({ kind: 'dr' }, 7);
  return [...both, ...both.map((one, at) => ({ ...one, id: `${one.id}b`, name: `${one.name}b`, rip: more[at] ?? '' }))];
}

const [first] = realServers({ kind: 'dr' }, 81);
const services = [
  checked('nat', 7001, 8080, { kind: 'nat' }),
  checked('dr', 80, 80, { kind: 'dr' }, { health: { ...health, slowStartSeconds: 20 } }),
  checked('tun', 8080, 8080, { kind: 'tun', tunnel: { type: 'ipip' } }),
  checked('last', 81, 81, { kind: 'dr' }, {
    realServers: first === undefined ? [] : [first],
    health: { ...health, belowQuorum: 'sorry', sorry: { id: 'sorry', name: 'sorry', rip: tutorial.realServers[1], port: 81, method: { kind: 'dr' } } },
  }),
  checked('wide', 7, 7, { kind: 'dr' }, { realServers: wide() }),
];

let bench: Bench;
let outside: ClientModule;
beforeAll(async () => {
  bench = await startBench(vm(), { realServersFor: 'all' });
  outside = await bench.outside();
  for (const [at, host] of ['rs1', 'rs2'].entries()) {
    await bench.network.host(host).run(`ip address add ${more[at]}/24 dev eth0`);
    await bench.realServers[at]?.serve({ protocol: 'http', port: 81, address: '::', name: host });
  }
});
afterAll(() => bench.close());

/** By address, as the kernel has it. */
async function weights(port: number): Promise<Record<string, number>> {
  const { actual } = await bench.director.client.actual.query();
  const found = actual.services.find(({ address: at }) => at.kind === 'address' && at.port === port);
  return Object.fromEntries((found?.realServers ?? []).map(({ endpoint, settings }) => [endpoint.rip, settings.weight]));
}

async function standing(serviceId: string, realServerId: string): Promise<string> {
  const { realServer } = await bench.director.client.healthEvidence.query({ clusterId: 'cluster-1', serviceId, realServerId });
  return `${realServer?.standing} ${realServer?.rule.code}`;
}

async function state(serviceId: string, realServerId = 'rs1'): Promise<string | undefined> {
  return (await bench.director.client.healthEvidence.query({ clusterId: 'cluster-1', serviceId, realServerId })).service?.code;
}

/** By the director's own clock. */
async function nowThere(): Promise<number> {
  return Number(await bench.director.place.run('date +%s%3N'));
}

interface Ways {
  readonly name: string;
  readonly port: number;
  readonly client: () => ClientModule;
}

const ways: readonly Ways[] = [
  { name: 'nat', port: 7001, client: () => outside }, { name: 'dr', port: 80, client: () => bench.client }, { name: 'tun', port: 8080, client: () => bench.client },
];

/** Asks by every way until it is told to end; how many requests failed. */
function load(): { readonly end: () => Promise<Record<string, { readonly asked: number; readonly failed: number; readonly lastFailedMs: number | null }>> } {
  const till = { ending: false };
  const startedMs = performance.now();
  const running = ways.map(async ({ name, port, client }) => {
    const seen = { asked: 0, failed: 0, lastFailedMs: null as number | null };
    while (!till.ending) {
      const { order } = await client().askHttp({ address, port, count: 4, concurrency: 2, deadlineMs: 1_000 });
      const failed = order.filter((who) => who === null).length;
      seen.asked += order.length;
      seen.failed += failed;
      if (failed > 0) seen.lastFailedMs = Math.round(performance.now() - startedMs);
    }
    return [name, seen] as const;
  });
  return {
    end: async () => {
      till.ending = true;
      return Object.fromEntries(await Promise.all(running));
    },
  };
}

it('a real server that dies is out by every method, clients notice it for as long as it takes to be found, and it comes back in steps', async () => {
  // A machine that is busy may not read its tables in time at first.
  await expect.poll(() => bench.director.apply(cluster(services)).then(({ outcome }) => outcome.kind, () => 'not read'), patient).toBe('applied');
  for (const { name } of ways) await expect.poll(() => state(name), patient).toBe('allUp');
  const { network } = bench;
  const asking = load();
  const diedMs = await nowThere();
  await network.host('rs1').run('ip link set eth0 down');
  for (const { port } of ways) await expect.poll(() => weights(port), patient).toEqual({ [tutorial.realServers[0]]: 0, [tutorial.realServers[1]]: 10 });
  const seen = await asking.end();
  for (const [name, { asked, failed, lastFailedMs }] of Object.entries(seen)) console.log(`${name}: ${failed} of ${asked} requests failed, the last one ${lastFailedMs} ms after the real server died (every ${check.intervalMs} ms, ${check.fall} tries of ${check.timeoutMs} ms)`);
  for (const { name } of ways) {
    const { realServer, checker, checks } = await bench.director.client.healthEvidence.query({ clusterId: 'cluster-1', serviceId: name, realServerId: 'rs1' });
    console.log(`${name}: down ${(realServer?.sinceMs ?? 0) - diedMs} ms after; ${JSON.stringify({ late: checker.late, tries: checks[0]?.tries.map(({ startedAtMs, tookMs, result }) => [startedAtMs - diedMs, Math.round(tookMs), result.kind === 'failed' ? result.failure : 'good']) })}`);
  }
  for (const { port, client } of ways) {
    expect(await client().askHttp({ address, port, count: 4 })).toEqual({ order: ['rs2', 'rs2', 'rs2', 'rs2'], failures: {} });
  }
  expect((await bench.director.client.state.query()).drift).toEqual([]);

  await network.host('rs1').run(`ip link set eth0 up; ip route replace default via ${tutorial.director}`);
  const steps = new Set<number>();
  await expect.poll(async () => {
    const weight = (await weights(80))[tutorial.realServers[0]] ?? -1;
    steps.add(weight);
    return weight;
  }, patient).toBe(10);
  console.log(`dr: weights while it came back: ${[...steps].join(', ')}`);
  expect([...steps].filter((weight) => weight > 0 && weight < 10)).not.toEqual([]);
  for (const { port } of ways) await expect.poll(() => weights(port), patient).toEqual({ [tutorial.realServers[0]]: 10, [tutorial.realServers[1]]: 10 });
});

it('where all die the sorry server answers, until one of them is back', async () => {
  const [rs1] = bench.realServers;
  expect((await bench.client.askHttp({ address, port: 81, count: 2 })).order).toEqual(['rs1', 'rs1']);
  await rs1?.stop(81);
  await expect.poll(() => state('last'), patient).toBe('belowSorry');
  await expect.poll(() => weights(81), patient).toEqual({ [tutorial.realServers[0]]: 0, [tutorial.realServers[1]]: 1 });
  expect(await bench.client.askHttp({ address, port: 81, count: 2 })).toEqual({ order: ['rs2', 'rs2'], failures: {} });
  await rs1?.serve({ protocol: 'http', port: 81, address: '::', name: 'rs1' });
  await expect.poll(async () => Object.keys(await weights(81)), patient).toEqual([tutorial.realServers[0]]);
  expect((await bench.client.askHttp({ address, port: 81, count: 2 })).order).toEqual(['rs1', 'rs1']);
});

it('where the director loses its own network nothing is taken out', async () => {
  await expect.poll(() => state('wide'), patient).toBe('allUp');
  const before = await weights(7);
  expect(Object.keys(before)).toHaveLength(4);
  await bench.director.place.run('ip link set eth0 down');
  await expect.poll(() => state('wide'), patient).toBe('braked');
  await expect.poll(() => standing('wide', 'rs2b'), patient).toBe('up braked');
  expect(await weights(7)).toEqual(before);
  await bench.director.place.run('ip link set eth0 up');
  await expect.poll(() => state('wide'), patient).toBe('allUp');
  expect(await weights(7)).toEqual(before);
});
