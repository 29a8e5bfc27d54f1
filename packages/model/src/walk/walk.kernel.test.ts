// What breaks a walk, on a kernel with IPVS: each packet that is on the links, and none that the walk does not have.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { HostDescription, Network } from '@weir/lab/vm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { same } from '../json/same.ts';
import { seenIn, seenOf, type Seen } from '../testing/captured.ts';
import { walkInput, walkInput6 } from '../testing/walks.ts';
import type { WalkInput } from './packet.ts';
import { walk } from './walk.ts';

const vm = useKernelVm();

function hostAt(number: number, bridge: 'inside' | 'outside', more: Partial<HostDescription> = {}): HostDescription {
  const addresses = bridge === 'inside' ? [`192.168.8.${number}/24`, `fd00::${number}/64`] : [`192.168.9.${number}/24`, `fd01::${number}/64`];
  return { interfaces: { eth0: { on: bridge, addresses } }, ...more };
}

/** The client is on the director's other side, and the director is the way to it. */
let network: Network;
beforeAll(async () => {
  network = await vm().network({
    hosts: {
      client: hostAt(100, 'outside', { routes: ['default via 192.168.9.10', 'default via fd01::10'] }),
      director: {
        interfaces: { ...hostAt(10, 'inside').interfaces, eth1: { on: 'outside', addresses: ['192.168.9.10/24', 'fd01::10/64'] } },
        ip: ['address add 192.168.8.200/32 dev eth0', 'address add fd00::200/128 dev eth0 nodad preferred_lft 0'],
        sysctls: { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1, 'net.ipv4.conf.all.send_redirects': 0, 'net.ipv4.conf.eth0.send_redirects': 0 },
      },
      realServer: hostAt(20, 'inside', {
        routes: ['default via 192.168.8.10', 'default via fd00::10'], sysctls: { 'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2 },
        ip: ['address add 192.168.8.200/32 dev lo', 'address add fd00::200/128 dev lo'],
      }),
    },
    modules: ['ip_vs'],
  });
  const server = network.host('realServer').spawn('node', ['-e', `require('http').createServer((_, answer) => answer.end('rs-20')).listen(80, '::', () => console.log('listens'))`]);
  await server.says(/listens/);
});
afterAll(() => network.remove());

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** Those of one connection: a real server whose answers were dropped sends them again for a while. */
function ofPort(port: number, all: readonly Seen[]): Seen[] {
  return all.filter(({ source, destination }) => source.endsWith(` ${port}`) || destination.endsWith(` ${port}`));
}

interface Walked {
  readonly answer: string;
  readonly seen: readonly Seen[];
  readonly expected: readonly Seen[];
  readonly isFaulty: boolean;
}

/** What is captured on all links, and what the walk has, while the client, or the director itself, asks once. */
async function walkedOnce(input: WalkInput, method: '-g' | '-m', from: 'client' | 'director'): Promise<Walked> {
  const { target, realServer } = input;
  const listens = `-t ${bracketed(target.vip)}:80`;
  await network.host('director').run(`ipvsadm -C; ipvsadm -A ${listens} -s rr; ipvsadm -a ${listens} -r ${bracketed(realServer.rip)}:80 ${method}`);
  const options = { filter: 'tcp port 80' };
  const captures = await Promise.all(['eth0', 'eth1'].map((name) => network.host('director').capture(name, options)));
  const seen = (): Seen[] => captures.flatMap(({ frames }) => frames).flatMap((frame) => seenIn(frame, network, ['eth0', 'eth1']) ?? []);
  const walked = (): ReturnType<typeof walk> & { readonly port: number } => {
    const port = Number(seen().find(({ destination }) => destination.endsWith(' 80'))?.source.split(' ')[1]);
    return { ...walk({ ...input, client: { ...input.client, port } }), port };
  };
  // What the director sends to itself is in no frame.
  const expected = (): Seen[] => walked().hops.filter(({ sourceMac }) => sourceMac !== null).map(seenOf);
  const asking = network.host(from).spawn('curl', ['-sg', '-m', '60', `http://${bracketed(target.vip)}/`]);
  await vi.waitUntil(() => seen().length > 0, { timeout: 60_000 });
  const isFaulty = walked().faults.length > 0;
  // Whoever gets no answer would ask on: what there is to see was seen before.
  if (isFaulty) await vi.waitUntil(() => expected().every((hop) => seen().some((one) => same(one, hop))), { timeout: 60_000 });
  else await asking.exited;
  await asking.end();
  await Promise.all(captures.map((capture) => capture.stop()));
  return { answer: asking.stdout(), seen: ofPort(walked().port, seen()), expected: expected(), isFaulty };
}

const client4 = { place: 'behindDirector', address: '192.168.9.100', port: 0 } as const;
const client6 = { place: 'behindDirector', address: 'fd01::100', port: 0 } as const;
const nat = { kind: 'nat' } as const;

const cases: readonly [name: string, input: WalkInput, method: '-g' | '-m', from: 'client' | 'director'][] = [
  ['NAT', walkInput({ client: client4, realServer: { rip: '192.168.8.20', port: 80, method: nat } }), '-m', 'client'],
  ['NAT, IPv6', walkInput6({ client: client6, realServer: { rip: 'fd00::20', port: 80, method: nat } }), '-m', 'client'],
  ['DR with the director as the way back', walkInput({ client: client4 }), '-g', 'client'],
  ['DR with the director as the way back, IPv6', walkInput6({ client: client6 }), '-g', 'client'],
  ['the director asks itself by DR', walkInput({ client: { place: 'onDirector', port: 0 } }), '-g', 'director'],
];

test.each(cases)('%s', async (_, input, method, from) => {
  const { answer, seen, expected, isFaulty } = await walkedOnce(input, method, from);
  expect(answer).toBe(isFaulty ? '' : 'rs-20');
  for (const hop of expected) expect(seen).toContainEqual(hop);
  for (const each of seen) expect(expected).toContainEqual(each);
});
