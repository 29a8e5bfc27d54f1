// NAT, DR and TUN as Weir sets them up, on the director by a change and on the real servers by its scripts: every packet is one of the packet walk.
import { Director } from '@weir/agent/testing/director';
import { ipv6Of, startTutorial, tutorial, type ClientModule, type Frame, type Tutorial } from '@weir/lab/vm';
import { useKernelVm } from '@weir/lab/vm/testing';
import { realServerNeeds, realServerScript, walk } from '@weir/model';
import type { Family, ForwardingMethod, Station, VirtualService, WalkClient } from '@weir/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cluster, director as directorId, inFamily, realServers, service, vips } from './testing/cluster.ts';
import { distinct, seenIn, seenOf, type Seen } from './testing/seen.ts';

const vm = useKernelVm();

interface Kind {
  readonly name: string;
  readonly method: ForwardingMethod;
  /** What clients ask, and where the real servers listen. */
  readonly tcp: readonly [port: number, listens: number];
  readonly udp: readonly [port: number, listens: number];
}

const kinds: readonly Kind[] = [
  { name: 'NAT', method: { kind: 'nat' }, tcp: [7001, 8080], udp: [7053, 53] },
  { name: 'DR', method: { kind: 'dr' }, tcp: [80, 80], udp: [53, 53] },
  { name: 'TUN (ipip)', method: { kind: 'tun', tunnel: { type: 'ipip' } }, tcp: [81, 81], udp: [81, 81] },
  { name: 'TUN (gue)', method: { kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'none' } }, tcp: [82, 82], udp: [82, 82] },
  { name: 'TUN (gre)', method: { kind: 'tun', tunnel: { type: 'gre', checksum: 'none' } }, tcp: [83, 83], udp: [83, 83] },
];

interface Case {
  readonly title: string;
  readonly kind: Kind;
  readonly family: Family;
  readonly protocol: 'tcp' | 'udp';
}

const cases: readonly Case[] = kinds.flatMap((kind) => (['ipv4', 'ipv6'] as const).flatMap((family) => (['tcp', 'udp'] as const).map((protocol) => (
  { title: `${kind.name}, ${family}, ${protocol}`, kind, family, protocol }))));

function serviceOf({ title, kind, family, protocol }: Case): VirtualService {
  const [port, listens] = kind[protocol];
  return service(title.replaceAll(/[^\w]+/g, '-'), {
    name: title, match: { kind: 'address', protocol, vip: vips[family], port }, realServers: realServers(kind.method, listens, family),
  });
}

const definition = cluster(cases.map(serviceOf));
const ends = ['rs1', 'rs2'] as const;
const clusterId = 'forwarding';

let tutorialNetwork: Tutorial;
let outside: ClientModule;
let director: Director;
let applied: Awaited<ReturnType<Director['apply']>>;

/** A client in the subnet for DR and TUN; NAT needs one whose answers pass the director. */
function clientOf({ kind, family }: Case): { readonly host: 'client' | 'outside'; readonly module: ClientModule; readonly at: Omit<WalkClient & { address: string }, 'port'> } {
  const nat = kind.method.kind === 'nat';
  return {
    host: nat ? 'outside' : 'client', module: nat ? outside : tutorialNetwork.client,
    at: { place: nat ? 'behindDirector' : 'sameSubnet', address: inFamily(nat ? tutorial.outside.client : tutorial.client, family) },
  };
}

/** Each script starts some hundred programs, and the emulated machine takes long for each. */
const scriptDeadlineMs = 240_000;

/** The scripts of both real servers: one for each address of a host. */
function scripts(command: string): Promise<string[][]> {
  return Promise.all(ends.map((host) => script(host, command)));
}

async function script(host: (typeof ends)[number], command: string): Promise<string[]> {
  const rip = tutorial.realServers[ends.indexOf(host)] ?? '';
  const said: string[] = [];
  for (const own of [rip, ipv6Of(rip)]) {
    // The hosts of the emulated machine share its /run; each has a folder of its own for the records.
    const text = realServerScript({ clusterId, clusterName: definition.name, needs: realServerNeeds(definition, own) }).replace('state=/run/weir', `state=/run/weir-${host}`);
    const { stdout, stderr } = await tutorialNetwork.network.host(host).attempt(`sh -s ${command}`, { input: text, deadlineMs: scriptDeadlineMs });
    said.push(...`${stdout}${stderr}`.split('\n').filter((line) => line !== ''));
  }
  return said;
}

/** Who says that the VIP is there, when the client asks its link: at least those who are expected to. */
async function whoAnswers(expected: readonly string[]): Promise<string[]> {
  const { network } = tutorialNetwork;
  const client = network.host('client');
  await client.run('ip neigh flush all');
  const capture = await client.capture('eth0', { filter: 'arp' });
  const answering = (frames: readonly Frame[]): string[] => {
    const replies = frames.flatMap(({ arp }) => (arp?.operation === 'reply' && arp.senderIp === vips.ipv4 ? [arp.senderMac] : []));
    return ['director', ...ends].filter((name) => replies.includes(network.mac(name, 'eth0')));
  };
  await client.attempt(`ping -c 1 -w 60 ${vips.ipv4}`);
  await capture.until((frames) => expected.every((name) => answering(frames).includes(name)));
  return answering(await capture.stop());
}

async function serveEverywhere(): Promise<void> {
  for (const [at, name] of ends.entries()) {
    const server = tutorialNetwork.realServers[at];
    for (const { tcp: [, port] } of kinds.slice(2)) {
      await server?.serve({ protocol: 'http', port, address: '::', name });
      for (const address of Object.values(vips)) await server?.serve({ protocol: 'udp-echo', port, address, name });
    }
  }
}

beforeAll(async () => {
  tutorialNetwork = await startTutorial(vm(), { directorReady: false, uplinks: vm().uplinks });
  const [uplink] = vm().uplinks;
  if (uplink === undefined) throw new Error('the shared machine has uplinks');
  [outside, director] = await Promise.all([
    tutorialNetwork.outside(), Director.start({ id: directorId, place: tutorialNetwork.network.host('director'), uplink }), serveEverywhere(),
  ]);
  applied = await director.apply(definition, { clusterId });
});
afterAll(async () => {
  await director.close();
  await tutorialNetwork.network.remove();
});

it('the director gets its services, the VIPs and what NAT needs by one change', async () => {
  expect(director.driver).toBe('ipvs');
  expect(applied.outcome).toEqual({ kind: 'applied' });
  expect(applied.steps.filter(({ operation: { kind } }) => kind === 'addService')).toHaveLength(cases.length);
  const host = await director.place.run('ip -brief address show eth0; cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/all/send_redirects /proc/sys/net/ipv6/conf/all/forwarding');
  expect(host).toMatch(/192\.168\.8\.200\/32.*fd00:8::200\/128.*\n1\n0\n1\n/);
  expect(await director.client.state.query()).toMatchObject({ driftCount: 0, host: { vips: [{ byWeir: true }, { byWeir: true }], findings: [] } });
});

describe('the ARP problem', () => {
  it('check finds it where a real server has the VIP without the sysctls', async () => {
    for (const host of ends) await tutorialNetwork.network.host(host).run(`ip address add ${vips.ipv4}/32 dev lo`);
    expect(await whoAnswers(['director', ...ends])).toEqual(['director', ...ends]);
    for (const said of await scripts('check')) {
      expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/^wrong arp_ignore /), expect.stringMatching(/^wrong arp_announce /)]));
    }
  });

  it('apply ends it', async () => {
    for (const said of await scripts('apply')) {
      expect(said.filter((line) => line === 'ok'), `the script said ${said.join('; ')}`).toHaveLength(2);
    }
    expect(await whoAnswers(['director'])).toEqual(['director']);
  });
});

describe('requests take turns, and the packets at client, director and real server are those of the packet walk', () => {
  const interfaces = [['client', 'eth0'], ['outside', 'eth0'], ['director', 'eth0'], ['director', 'eth1'], ['rs1', 'eth0'], ['rs2', 'eth0']] as const;
  type Host = (typeof interfaces)[number][0];
  const orders = new Map<Case, readonly (string | null)[]>();
  const refused = new Map<Case, Readonly<Record<string, number>>>();
  const frames: { readonly host: Host; readonly frame: Frame }[] = [];

  beforeAll(async () => {
    const { network } = tutorialNetwork;
    const captures = await Promise.all(interfaces.map(async ([host, name]) => ({ host, capture: await network.host(host).capture(name, { filter: 'ip or ip6' }), mac: network.mac(host, name) })));
    for (const one of cases) {
      const { module } = clientOf(one);
      const ask = { address: vips[one.family], port: one.kind[one.protocol][0], count: 4 };
      const { order, failures } = await (one.protocol === 'tcp' ? module.askHttp(ask) : module.askUdp(ask));
      orders.set(one, order);
      refused.set(one, failures);
    }
    await Promise.all(captures.map(async ({ host, capture, mac }) => {
      // A bridge also hands on what is for others, while it does not know them.
      for (const frame of await capture.stop()) if ([frame.sourceMac, frame.destinationMac].includes(mac)) frames.push({ host, frame });
    }));
  });

  function stations(one: Case, realServer: string): (mac: string) => Station | undefined {
    const { network } = tutorialNetwork;
    const known = new Map<string, Station>([
      [network.mac(clientOf(one).host, 'eth0'), 'client'], [network.mac('director', 'eth0'), 'director'], [network.mac('director', 'eth1'), 'director'],
      [network.mac(realServer, 'eth0'), 'realServer'],
    ]);
    return (mac) => known.get(mac);
  }

  /** The clients' ports, in the order of their requests. */
  function portsOf(one: Case): number[] {
    const { host, at } = clientOf(one);
    const asked = `${vips[one.family]} ${one.kind[one.protocol][0]}`;
    const sources = frames.filter((each) => each.host === host).flatMap(({ frame }) => seenIn(frame, () => undefined) ?? [])
      .filter(({ protocol, destination, source }) => protocol === one.protocol && destination === asked && source.startsWith(`${at.address} `));
    return [...new Set(sources.map(({ source }) => Number(source.split(' ')[1])))];
  }

  function seenAt(one: Case, hosts: readonly Host[], realServer: string, port: number): Seen[] {
    const [own, rip] = [`${clientOf(one).at.address} ${port}`, serviceOf(one).realServers.find(({ id }) => id === realServer)?.rip ?? ''];
    const [asked, listens] = one.kind[one.protocol];
    const others = [`${vips[one.family]} ${asked}`, `${rip} ${listens}`];
    return distinct(frames.filter(({ host }) => hosts.includes(host)).flatMap(({ frame }) => seenIn(frame, stations(one, realServer)) ?? [])
      .filter(({ protocol, source, destination }) => protocol === one.protocol
        && ((source === own && others.includes(destination)) || (destination === own && others.includes(source)))));
  }

  it.each(cases)('$title', (one) => {
    const order = orders.get(one) ?? [];
    expect(refused.get(one)).toEqual({});
    expect(new Set(order.slice(0, 2))).toEqual(new Set(ends));
    expect([order[2], order[3]]).toEqual([order[0], order[1]]);
    const ports = portsOf(one);
    expect(ports).toHaveLength(4);
    const { host, at } = clientOf(one);
    const defined = serviceOf(one);
    ports.forEach((port, request) => {
      const realServer = defined.realServers.find(({ id }) => id === order[request]);
      if (realServer === undefined) throw new Error('a real server answered');
      const walked = walk({
        service: defined, realServer, dip: { ipv4: tutorial.director, ipv6: ipv6Of(tutorial.director) }, target: { vip: vips[one.family], port: one.kind[one.protocol][0] },
        client: { ...at, port }, realServerPlace: 'sameSubnet', mtuBytes: 1_500,
      });
      expect(walked.faults).toEqual([]);
      const hopsAt = (station: Station): Seen[] => distinct(walked.hops.filter(({ from, to }) => [from, to].includes(station)).map(seenOf));
      expect(seenAt(one, [host], realServer.id, port), 'at the client').toEqual(hopsAt('client'));
      expect(seenAt(one, ['director'], realServer.id, port), 'at the director').toEqual(hopsAt('director'));
      expect(seenAt(one, ends.filter((name) => name === realServer.id), realServer.id, port), 'at the real server').toEqual(hopsAt('realServer'));
    });
  });
});

it('undo returns the real servers to what they were: the ARP problem is there again', async () => {
  for (const said of await scripts('undo')) expect(said.filter((line) => line === 'ok undone'), `the script said ${said.join('; ')}`).toHaveLength(2);
  for (const host of ends) {
    expect(await tutorialNetwork.network.host(host).run('ip -brief address show lo; ip route show default; cat /proc/sys/net/ipv4/conf/all/arp_ignore /proc/sys/net/ipv4/conf/all/arp_announce'))
      .toMatch(/^lo +\w+ +127\.0\.0\.1\/8 192\.168\.8\.200\/32 ::1\/128 \n0\n0\n$/);
  }
  expect(await whoAnswers(['director', ...ends])).toEqual(['director', ...ends]);
});
