// The tutorial's network with its parts running: sample servers on the real servers, and clients to ask with.
import type { Network } from '../network/network.ts';
import type { Remote } from '../session/resident.ts';
import type { Vm } from '../session/vm.ts';
import { ipv6Of, tutorial, tutorialNetwork, type TutorialOptions } from './network.ts';

export type ClientModule = Remote<typeof import('./client.guest.ts')>;
export type RealServerModule = Remote<typeof import('./real-server.guest.ts')>;

export interface Tutorial {
  readonly network: Network;
  readonly client: ClientModule;
  /** The client behind the director; its program starts when it is first asked for. */
  readonly outside: () => Promise<ClientModule>;
  readonly realServers: readonly RealServerModule[];
}

export const tutorialPorts = { http: [80, 8080], tcpEcho: 7, udpEcho: 53 } as const;
const clientDeadlineMs = 300_000;

/** The real servers call themselves rs1 and rs2: HTTP on 80 and 8080, TCP echo on 7, UDP echo on 53, each for IPv4 and IPv6, RIP and VIP. */
export async function startTutorial(vm: Vm, options: TutorialOptions = {}): Promise<Tutorial> {
  const network = await vm.network(tutorialNetwork(options));
  const client = (host: string): Promise<ClientModule> =>
    network.host(host).use<typeof import('./client.guest.ts')>(new URL('./client.guest.ts', import.meta.url), { deadlineMs: clientDeadlineMs });
  const [first, second] = tutorial.realServers;
  const [inside, ...realServers] = await Promise.all([
    client('client'),
    startServers(network, 'rs1', first),
    startServers(network, 'rs2', second),
  ]);
  return { network, client: inside, outside: () => client('outside'), realServers };
}

async function startServers(network: Network, host: string, rip: string): Promise<RealServerModule> {
  const server = await network.host(host).use<typeof import('./real-server.guest.ts')>(new URL('./real-server.guest.ts', import.meta.url));
  const everywhere = { address: '::', name: host };
  for (const port of tutorialPorts.http) await server.serve({ protocol: 'http', port, ...everywhere });
  await server.serve({ protocol: 'tcp-echo', port: tutorialPorts.tcpEcho, ...everywhere });
  // An answer by UDP comes from the address that was asked only if the socket is bound to it.
  for (const address of [rip, ipv6Of(rip), tutorial.vip, ipv6Of(tutorial.vip)]) {
    await server.serve({ protocol: 'udp-echo', port: tutorialPorts.udpEcho, address, name: host });
  }
  return server;
}
