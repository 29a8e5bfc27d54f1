// What a service's settings do to clients, set through Weir on the kernel's IPVS.
import { useKernelVm } from '@weir/lab/vm/testing';
import { markTable } from '@weir/model';
import type { ClusterDefinition, RealServer, VirtualService } from '@weir/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, director as directorId, realServers, service, vips } from './testing/cluster.ts';

const vm = useKernelVm();
const address = vips.ipv4;
const dr = { kind: 'dr' } as const;
const persistence = { timeoutSeconds: 300, prefixLength: 32, engine: null };
const vs = '/proc/sys/net/ipv4/vs';
const others = [101, 102, 103, 104, 105, 106, 107].map((number) => `192.168.8.${number}`);

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(vm());
  await bench.director.place.run(`echo 1 > ${vs}/expire_nodest_conn`);
  await bench.network.host('client').run(others.map((own) => `ip address add ${own}/24 dev eth0`).join('; '));
});
afterAll(() => bench.close());

/** Entries of the connection table outlive their services: with this sysctl the kernel drops them. */
afterEach(async () => {
  await bench.director.apply(only([]));
  await bench.director.place.run('tries=0; until [ "$(wc -l < /proc/net/ip_vs_conn)" -le 2 ] || [ $tries = 600 ]; do tries=$((tries + 1)); sleep 0.1; done');
});

function only(services: VirtualService[]): ClusterDefinition {
  return cluster(services, { vips: [{ address, holder: directorId }] });
}

async function wanted(changes: Partial<VirtualService>): Promise<VirtualService> {
  const defined = service('web', changes);
  expect((await bench.director.apply(only([defined]))).outcome).toEqual({ kind: 'applied' });
  return defined;
}

function weights(each: readonly RealServer[], ...values: readonly number[]): RealServer[] {
  return each.map((one, at) => ({ ...one, weight: values[at] ?? one.weight }));
}

const tcp = (port: number): VirtualService['match'] => ({ kind: 'address', protocol: 'tcp', vip: address, port });

async function askedBy(clients: readonly string[], port = 80): Promise<(string | null)[]> {
  const answers = [];
  for (const localAddress of clients) answers.push(...(await bench.client.askHttp({ address, port, count: 1, localAddress })).order);
  return answers;
}

function ask(count: number, port = 80): ReturnType<Bench['client']['askHttp']> {
  return bench.client.askHttp({ address, port, count });
}

/** A service, and the same without weight for the real server that the client had. */
async function firstQuiesced(scheduler: VirtualService['scheduler']): Promise<{ first: string | null | undefined; quiesced: VirtualService }> {
  const defined = await wanted({ scheduler });
  const [first] = (await ask(1)).order;
  return { first, quiesced: { ...defined, realServers: weights(defined.realServers, ...(first === 'rs1' ? [0, 1] : [1, 0])) } };
}

const same = (answers: readonly unknown[]): boolean => new Set(answers).size === 1;

it('one firewall mark over two ports sends a client to the same real server on both', async () => {
  const match = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: [address], ports: [80, 8080] } as const;
  const definition = only([service('shop', { match: { ...match, vips: [...match.vips], ports: [...match.ports] }, persistence, realServers: realServers(dr, 0) })]);
  const { director } = bench;
  expect((await director.apply(definition)).outcome).toEqual({ kind: 'applied' });
  expect((await ask(1)).failures).not.toEqual({});
  await director.place.run('nft -f -', { input: markTable(definition, 'weir') ?? '' });
  const answers = [];
  for (const own of others) answers.push([await askedBy([own], 80), await askedBy([own], 8080)]);
  for (const [web, admin] of answers) expect(web).toEqual(admin);
  expect(new Set(answers.flat(2))).toEqual(new Set(['rs1', 'rs2']));
  await director.place.run('nft delete table inet weir');
});

describe('persistence', () => {
  it('by a netmask keeps a whole network on one real server; by single addresses clients are spread', async () => {
    const defined = await wanted({ persistence });
    const single = await askedBy([...others, ...others]);
    expect(single.slice(0, others.length)).toEqual(single.slice(others.length));
    expect(same(single)).toBe(false);
    await bench.director.apply(only([{ ...defined, match: tcp(8080), persistence: { ...persistence, prefixLength: 24 }, realServers: realServers(dr, 8080) }]));
    expect(same(await askedBy(others, 8080))).toBe(true);
    expect(await bench.director.place.run('ipvsadm -Lnc')).toMatch(/TCP +\d\d:\d\d +(NONE|ASSURED) +192\.168\.8\.0:0 +192\.168\.8\.200:8080 /);
  });

  it('outlives weight 0, and ends with expire_quiescent_template', async () => {
    const defined = await wanted({ persistence });
    const [first] = (await ask(2)).order;
    await wanted({ realServers: weights(defined.realServers, ...(first === 'rs1' ? [0, 1] : [1, 0])), persistence });
    expect((await ask(2)).order).toEqual([first, first]);
    await bench.director.place.run(`echo 1 > ${vs}/expire_quiescent_template`);
    const moved = first === 'rs1' ? 'rs2' : 'rs1';
    expect((await ask(2)).order).toEqual([moved, moved]);
    await bench.director.place.run(`echo 0 > ${vs}/expire_quiescent_template`);
  });
});

describe('weight 0', () => {
  it('lets open connections go on and sends no new ones; with no weight left, clients are refused', async () => {
    const defined = await wanted({ match: tcp(7), realServers: realServers(dr, 7) });
    const open = await bench.client.hold({ address, port: 7 });
    const [kept, other] = open.server === 'rs1' ? [0, 1] : [1, 0];
    await wanted({ ...defined, realServers: weights(defined.realServers, kept, other) });
    expect(await bench.client.say(open.held, 'still there')).toBe('still there');
    const { order } = await bench.client.askTcp({ address, port: 7, count: 4 });
    expect(new Set(order)).toEqual(new Set([open.server === 'rs1' ? 'rs2' : 'rs1']));
    await wanted({ ...defined, realServers: weights(defined.realServers, 0, 0) });
    expect(await bench.client.askTcp({ address, port: 7, count: 2 })).toMatchObject({ failures: { ECONNREFUSED: 2 } });
    expect(await bench.client.say(open.held, 'and now')).toBe('and now');
    await bench.client.letGo(open.held);
  });
});

it('a threshold keeps new connections from a real server that has enough', async () => {
  const limited = realServers(dr, 7).map((one, at) => (at === 0 ? { ...one, thresholds: { upper: 2, lower: 1 } } : one));
  await wanted({ match: tcp(7), realServers: limited });
  const open = [];
  for (let at = 0; at < 6; at++) open.push(await bench.client.hold({ address, port: 7 }));
  expect(open.filter(({ server }) => server === 'rs1')).toHaveLength(2);
  expect(await bench.director.place.run('ipvsadm -Ln --thresholds')).toMatch(/192\.168\.8\.20:7 +2 +1 +2 +0/);
  for (const { held } of open) await bench.client.letGo(held);
});

describe.each(['sh', 'mh'] as const)('%s', (name) => {
  it('sends a client to one real server; with its port counted too, its connections are spread', async () => {
    const defined = await wanted({ scheduler: { name, fallback: false, port: false } });
    expect(same((await ask(6)).order)).toBe(true);
    await wanted({ ...defined, scheduler: { name, fallback: false, port: true } });
    expect(same((await ask(24)).order)).toBe(false);
  });

  it('with fallback sends the clients of a real server without weight to another', async () => {
    const { first, quiesced } = await firstQuiesced({ name, fallback: true, port: false });
    await wanted(quiesced);
    expect((await ask(2)).order).toEqual(first === 'rs1' ? ['rs2', 'rs2'] : ['rs1', 'rs1']);
  });
});

it('sh without fallback refuses the clients of a real server without weight', async () => {
  const { quiesced } = await firstQuiesced({ name: 'sh', fallback: false, port: false });
  await wanted(quiesced);
  expect(await ask(2)).toMatchObject({ failures: { ECONNREFUSED: 2 } });
});

it('one-packet scheduling spreads the datagrams of one socket, which otherwise stay together', async () => {
  const udp = { match: { kind: 'address', protocol: 'udp', vip: address, port: 53 }, realServers: realServers(dr, 53) } as const;
  await wanted({ ...udp, realServers: [...udp.realServers], onePacket: true });
  expect(same(await bench.load.datagrams({ address, port: 53, count: 6 }))).toBe(false);
  await wanted({ ...udp, realServers: [...udp.realServers], onePacket: false });
  expect(same(await bench.load.datagrams({ address, port: 53, count: 6 }))).toBe(true);
});

it('a scheduler changed under open connections leaves them open', async () => {
  const defined = await wanted({ match: tcp(7), realServers: realServers(dr, 7) });
  const open = await bench.client.hold({ address, port: 7 });
  for (const name of ['wlc', 'lc', 'sed', 'rr'] as const) {
    await wanted({ ...defined, scheduler: { name } });
    expect(await bench.client.say(open.held, name)).toBe(name);
  }
  await bench.client.letGo(open.held);
});

it('a connection to a real server that is taken out stalls, and goes on when that is put back', async () => {
  const defined = await wanted({ match: tcp(7), realServers: realServers(dr, 7) });
  const open = await bench.client.hold({ address, port: 7 });
  await bench.director.place.run(`echo 0 > ${vs}/expire_nodest_conn`);
  const report = await bench.director.apply(only([{ ...defined, realServers: defined.realServers.filter(({ id }) => id !== open.server) }]));
  expect(report.steps).toMatchObject([{ operation: { kind: 'removeRealServer' }, cost: { connections: 1, fate: 'stall' }, result: { status: 'done' } }]);
  await expect(bench.client.say(open.held, 'lost', 1_500)).rejects.toThrow('no answer in time');
  await wanted(defined);
  await bench.director.place.run(`echo 1 > ${vs}/expire_nodest_conn`);
  await expect.poll(() => bench.client.say(open.held, 'again', 5_000).catch(() => ''), { timeout: 120_000 }).toContain('again');
  await bench.client.letGo(open.held);
});

