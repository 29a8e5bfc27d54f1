// What the kernel's forwarding methods do to packets, set up with ipvsadm alone: the ground on which Weir is tried.
import { startTutorial, tutorial, type Frame, type Network } from '@weir/lab/vm';
import { useKernelVm } from '@weir/lab/vm/testing';
import { expect, it } from 'vitest';

const vm = useKernelVm();
const { vip, client, realServers, outside } = tutorial;
const service = `${vip}:80`;

function setUp(network: Network, method: string, port: number): Promise<string> {
  const lines = [`-A -t ${service} -s rr`, ...realServers.map((address) => `-a -t ${service} -r ${address}:${port} ${method} -w 1`)];
  return network.host('director').run('ipvsadm -R', { input: `${lines.join('\n')}\n` });
}

/** The first packet that opens a connection, and the first that answers one. */
function handshake(frames: readonly Frame[]): { syn: Frame | undefined; synAck: Frame | undefined } {
  const withFlags = (flags: string): Frame | undefined =>
    frames.find(({ packet }) => (packet?.tcp ?? packet?.tunnel?.inner.tcp)?.flags.join(' ') === flags);
  return { syn: withFlags('SYN'), synAck: withFlags('SYN ACK') };
}

async function captureOn(network: Network, places: readonly (readonly [host: string, name: string])[]): Promise<() => Promise<(readonly Frame[])[]>> {
  const captures = await Promise.all(places.map(([host, name]) => network.host(host).capture(name, { filter: 'ip and not icmp' })));
  return () => Promise.all(captures.map((capture) => capture.stop()));
}

it('DR: the real servers take turns, get the packet as it was but for the MAC, and answer the client directly', async () => {
  const { network, client: asking } = await startTutorial(vm(), { realServersFor: 'DR' });
  await setUp(network, '-g', 80);
  const stop = await captureOn(network, [['client', 'eth0'], ['director', 'eth0'], ['rs2', 'eth0']]);
  expect(await asking.askHttp({ address: vip, port: 80, count: 4 })).toEqual({ order: ['rs2', 'rs1', 'rs2', 'rs1'], failures: {} });
  const [atClient = [], atDirector = [], atRealServer = []] = await stop();
  const [clientMac, directorMac, rs2Mac] = [network.mac('client', 'eth0'), network.mac('director', 'eth0'), network.mac('rs2', 'eth0')];
  expect(handshake(atClient)).toMatchObject({
    syn: { sourceMac: clientMac, destinationMac: directorMac, packet: { ip: { source: client, destination: vip, ttl: 64 }, tcp: { destinationPort: 80 } } },
    synAck: { sourceMac: rs2Mac, destinationMac: clientMac, packet: { ip: { source: vip, destination: client, ttl: 64 }, tcp: { sourcePort: 80 } } },
  });
  expect(handshake(atRealServer).syn).toMatchObject({ sourceMac: directorMac, destinationMac: rs2Mac, packet: { ip: { source: client, destination: vip, ttl: 63 }, tcp: { destinationPort: 80 } } });
  expect(handshake(atDirector).synAck).toBeUndefined();
  await network.remove();
});

it.each<[string, ('gue' | 'gre')[], string, object]>([
  ['ipip', [], '-i', { ip: { protocol: 4 } }],
  ['gue', ['gue'], '-i --tun-type gue --tun-port 6080', { ip: { protocol: 17 }, udp: { destinationPort: 6080 } }],
  ['gre', ['gre'], '-i --tun-type gre', { ip: { protocol: 47 } }],
])('TUN (%s): the packet reaches the real server inside one of the director', async (kind, tunnels, method, outer) => {
  const { network, client: asking } = await startTutorial(vm(), { realServersFor: 'TUN', tunnels });
  await setUp(network, method, 80);
  const stop = await captureOn(network, [['client', 'eth0'], ['rs2', 'eth0']]);
  expect(await asking.askHttp({ address: vip, port: 80, count: 4 })).toEqual({ order: ['rs2', 'rs1', 'rs2', 'rs1'], failures: {} });
  const [atClient = [], atRealServer = []] = await stop();
  const { syn } = handshake(atRealServer);
  expect(syn).toMatchObject({
    sourceMac: network.mac('director', 'eth0'),
    packet: { ...outer, tunnel: { kind, inner: { ip: { source: client, destination: vip }, tcp: { destinationPort: 80 } } } },
  });
  expect(syn?.packet?.ip).toMatchObject({ source: tutorial.director, destination: realServers[1] });
  expect(handshake(atClient).synAck).toMatchObject({ sourceMac: network.mac('rs2', 'eth0'), packet: { ip: { source: vip, destination: client } } });
  await network.remove();
});

it('NAT: the director writes the real server’s address into the packet, and its own VIP into the answer', async () => {
  const { network, outside: outsideClient } = await startTutorial(vm(), { realServersFor: 'NAT' });
  const asking = await outsideClient();
  await setUp(network, '-m', 8080);
  const stop = await captureOn(network, [['outside', 'eth0'], ['rs2', 'eth0']]);
  expect(await asking.askHttp({ address: vip, port: 80, count: 4 })).toEqual({ order: ['rs2', 'rs1', 'rs2', 'rs1'], failures: {} });
  const [atClient = [], atRealServer = []] = await stop();
  expect(handshake(atRealServer)).toMatchObject({
    syn: { packet: { ip: { source: outside.client, destination: realServers[1], ttl: 63 }, tcp: { destinationPort: 8080 } } },
    synAck: { destinationMac: network.mac('director', 'eth0'), packet: { ip: { source: realServers[1], destination: outside.client }, tcp: { sourcePort: 8080 } } },
  });
  expect(handshake(atClient).synAck).toMatchObject({ sourceMac: network.mac('director', 'eth1'), packet: { ip: { source: vip }, tcp: { sourcePort: 80 } } });
  await network.remove();
});
