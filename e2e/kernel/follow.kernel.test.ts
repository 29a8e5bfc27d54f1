// What an agent says of a client, against what the kernel then does with it: where a new connection goes, and why.
import { ipv6Of, tutorial } from '@weir/lab/vm';
import { useKernelVm } from '@weir/lab/vm/testing';
import { markTable, type Family, type FollowedService, type RealServer, type Scheduler, type VirtualService } from '@weir/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, realServers, service, vips } from './testing/cluster.ts';

const vm = useKernelVm();
const dr = { kind: 'dr' } as const;
const vs = '/proc/sys/net/ipv4/vs';
const clients: Readonly<Record<Family, readonly string[]>> = {
  ipv4: [101, 102, 103, 104].map((number) => `192.168.8.${number}`), ipv6: [101, 102, 103, 104].map((number) => ipv6Of(`192.168.8.${number}`)),
};
const [first = ''] = clients.ipv4;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(vm());
  await bench.director.place.run(`echo 1 > ${vs}/expire_nodest_conn`);
  const own = [...clients.ipv4.map((address) => `ip address add ${address}/24 dev eth0`), ...clients.ipv6.map((address) => `ip address add ${address}/64 dev eth0 nodad`)];
  await bench.network.host('client').run(own.join('; '));
});
afterAll(() => bench.close());

/** Entries of the connection table outlive their services: with this sysctl the kernel drops them. */
afterEach(async () => {
  await bench.director.apply(cluster([]));
  await bench.director.place.run('tries=0; until [ "$(wc -l < /proc/net/ip_vs_conn)" -le 2 ] || [ $tries = 600 ]; do tries=$((tries + 1)); sleep 0.1; done');
});

async function wanted(...services: VirtualService[]): Promise<void> {
  expect((await bench.director.apply(cluster(services))).outcome).toEqual({ kind: 'applied' });
}

function at(port: number, family: Family = 'ipv4'): VirtualService['match'] {
  return { kind: 'address', protocol: 'tcp', vip: vips[family], port };
}

/** Of rs1 and rs2. */
function weighing(weights: readonly [number, number], family: Family = 'ipv4', port = 80): RealServer[] {
  return realServers(dr, port, family).map((one, index) => ({ ...one, weight: weights[index] ?? 1 }));
}

async function followed(client: string, { clientPort = null, serviceId = 'web' }: { clientPort?: number | null; serviceId?: string } = {}): Promise<FollowedService> {
  const { services } = await bench.director.client.follow.query({ clusterId: 'cluster-1', serviceId, client, clientPort });
  const [one] = services;
  if (one === undefined) throw new Error(`nothing is said of ${client}`);
  return one;
}

/** rs1 or rs2; null for nobody. */
function toldBy({ next }: FollowedService): string | null {
  const rip = next?.endpoint?.rip;
  const index = tutorial.realServers.findIndex((one) => one === rip || ipv6Of(one) === rip);
  return index === -1 ? null : `rs${index + 1}`;
}

async function served(client: string, port = 80, vip: string = client.includes(':') ? vips.ipv6 : vips.ipv4): Promise<string | null> {
  const { order: [one] } = await bench.client.askHttp({ address: vip, port, count: 1, localAddress: client });
  return one ?? null;
}

const why = ({ next }: FollowedService): string => [next?.code, ...next?.doubts ?? []].join(' ');

const chosenNow: readonly Scheduler[] = [
  { name: 'lc' }, { name: 'wlc' }, { name: 'sed' }, { name: 'nq' }, { name: 'fo' }, { name: 'ovf' }, { name: 'dh' },
  { name: 'sh', fallback: false, port: false }, { name: 'mh', fallback: false, port: false },
];

describe.each<Family>(['ipv4', 'ipv6'])('of a client of %s', (family) => {
  it('by each scheduler that can be told, goes where it is said to go', async () => {
    const wrong: unknown[] = [];
    const open: number[] = [];
    for (const scheduler of chosenNow) {
      await wanted(service('web', { match: at(7, family), scheduler, realServers: weighing([20, 60], family, 7) }));
      for (const client of clients[family]) {
        const said = await followed(client);
        // They stay open, so that nothing changes between what is said and what is done.
        const made = await bench.client.hold({ address: vips[family], port: 7, localAddress: client });
        open.push(made.held);
        if (toldBy(said) !== made.server) wrong.push({ scheduler, client, by: made.server, next: said.next });
      }
    }
    expect(wrong).toEqual([]);
    for (const held of open) await bench.client.letGo(held);
  });

  it('goes where the template of its network leads, whatever the scheduler, and also to weight 0', async () => {
    const prefixLength = family === 'ipv4' ? 24 : 64;
    const web = service('web', { match: at(80, family), persistence: { timeoutSeconds: 300, prefixLength, engine: null }, realServers: weighing([1, 1], family) });
    await wanted(web);
    const [one = '', other = ''] = clients[family];
    expect(why(await followed(one))).toBe('turn');
    const by = await served(one);
    const said = await followed(other);
    expect([why(said), toldBy(said), said.template?.endpoint.rip]).toEqual(['template', by, said.next?.endpoint?.rip]);
    expect(await served(other)).toBe(by);
    await wanted({ ...web, realServers: weighing(by === 'rs1' ? [0, 1] : [1, 0], family) });
    const quiesced = await followed(other);
    expect([why(quiesced), toldBy(quiesced)]).toEqual(['template templateAtZero', by]);
    expect(await served(other)).toBe(by);
  });
});

it('by a hash with the port goes where it is said of that port', async () => {
  const wrong: unknown[] = [];
  for (const [name, ports] of [['sh', 41_000], ['mh', 42_000]] as const) {
    await wanted(service('web', { scheduler: { name, fallback: false, port: true } }));
    expect(why(await followed(first))).toBe('portNeeded');
    for (const clientPort of [1, 2, 3, 4].map((number) => ports + number)) {
      const said = await followed(first, { clientPort });
      const answer = await bench.network.host('client').run(`curl -s -m 60 --interface ${first} --local-port ${clientPort} http://${vips.ipv4}/`);
      if (!answer.includes(`real server ${toldBy(said)},`)) wrong.push({ name, clientPort, answer, next: said.next });
    }
  }
  expect(wrong).toEqual([]);
});

it('by a firewall mark goes where the mark\'s template leads, to each of its ports', async () => {
  const match: VirtualService['match'] = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: [vips.ipv4], ports: [80, 8080] };
  const web = service('web', { match, persistence: { timeoutSeconds: 300, prefixLength: 32, engine: null }, realServers: realServers(dr, 0) });
  await wanted(web);
  await bench.director.place.run('nft -f -', { input: markTable(cluster([web]), 'weir') ?? '' });
  for (const client of clients.ipv4) {
    const by = await served(client);
    const said = await followed(client);
    expect([why(said), toldBy(said), said.total, said.held.map(({ endpoint: { rip } }) => rip)]).toEqual(['template', by, 1, [said.next?.endpoint?.rip]]);
    expect(await served(client, 8080)).toBe(by);
  }
  await bench.director.place.run('nft delete table inet weir');
});

it('is refused where nobody is said to take it, and goes to the only one that does', async () => {
  await wanted(service('web', { realServers: weighing([0, 0]) }));
  expect([why(await followed(first)), await served(first)]).toEqual(['nobody', null]);
  await wanted(service('web', { realServers: weighing([0, 1]) }));
  expect([why(await followed(first)), toldBy(await followed(first)), await served(first)]).toEqual(['only', 'rs2', 'rs2']);
  const sh = { name: 'sh', fallback: false, port: false } as const;
  await wanted(service('web', { scheduler: sh }));
  const owner = toldBy(await followed(first));
  await wanted(service('web', { scheduler: sh, realServers: weighing(owner === 'rs1' ? [0, 1] : [1, 0]) }));
  expect([why(await followed(first)), await served(first)]).toEqual(['ownerUnavailable', null]);
  await wanted(service('web', { scheduler: { ...sh, fallback: true }, realServers: weighing(owner === 'rs1' ? [0, 1] : [1, 0]) }));
  const other = owner === 'rs1' ? 'rs2' : 'rs1';
  expect([toldBy(await followed(first)), await served(first)]).toEqual([other, other]);
});

async function toldNow(): Promise<string> {
  const now = await followed(first);
  return `${why(now)} ${toldBy(now)}`;
}

it('goes past one that is full, and between its thresholds may do either', async () => {
  const limited = weighing([1, 1], 'ipv4', 7).map((one) => (one.id === 'rs1' ? { ...one, weight: 9, thresholds: { upper: 2, lower: 1 } } : one));
  await wanted(service('web', { match: at(7), scheduler: { name: 'fo' }, realServers: limited }));
  const open: { held: number; server: string }[] = [];
  const hold = async (): Promise<string> => {
    open.push(await bench.client.hold({ address: vips.ipv4, port: 7, localAddress: first }));
    return open.at(-1)?.server ?? '';
  };
  expect([await toldNow(), await hold()]).toEqual(['highestWeight rs1', 'rs1']);
  // Held are 1 of at most 2, and below 1 it would open: it has not been closed yet.
  expect([await toldNow(), await hold()]).toEqual(['highestWeight betweenThresholds rs1', 'rs1']);
  expect([await toldNow(), await hold()]).toEqual(['highestWeight rs2', 'rs2']);
  for (const { held } of open) await bench.client.letGo(held);
});

it('has of a service of every port what no other service beside it takes', async () => {
  const persistence = { timeoutSeconds: 300, prefixLength: 32, engine: null };
  await wanted(service('web', { match: at(80) }), service('every', { match: at(0), persistence, realServers: realServers(dr, 0) }));
  const by = await bench.client.hold({ address: vips.ipv4, port: 7, localAddress: first });
  await served(first);
  const every = await followed(first, { serviceId: 'every' });
  expect([every.total, every.held.map(({ endpoint }) => endpoint.port), why(every), toldBy(every)]).toEqual([1, [7], 'template', by.server]);
  expect((await followed(first)).total).toBe(1);
  expect(await served(first, 8080)).toBe(by.server);
  await bench.client.letGo(by.held);
});

it('one-packet, each datagram goes where the scheduler is said to send it, and none is held', async () => {
  const match: VirtualService['match'] = { kind: 'address', protocol: 'udp', vip: vips.ipv4, port: 53 };
  await wanted(service('web', { match, onePacket: true, scheduler: { name: 'sh', fallback: false, port: false }, realServers: realServers(dr, 53) }));
  for (const client of clients.ipv4) {
    const said = await followed(client);
    const { order } = await bench.client.askUdp({ address: vips.ipv4, port: 53, count: 3, localAddress: client });
    expect([order, (await followed(client)).total]).toEqual([[toldBy(said), toldBy(said), toldBy(said)], 0]);
  }
});
