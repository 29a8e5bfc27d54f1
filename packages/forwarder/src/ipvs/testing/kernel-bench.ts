// The tutorial's network made ready for NAT, with real servers that answer: what the contract is tried on.
import { ipv6Of, tutorial, tutorialNetwork } from '@weir/lab/vm';
import type { Network, Place, Remote, Vm } from '@weir/lab/vm';
import type { Family, ServiceAddress } from '@weir/model';
import type { ContractFixture } from '../../contract.ts';
import { RemoteForwarder } from './remote-forwarder.ts';

type TrafficModule = Remote<typeof import('./traffic.guest.ts')>;
type Address = Extract<ServiceAddress, { kind: 'address' }>;

const firstPort = 7_001;
const otherPort = 7_002;
const datagramPort = 7_053;

function traffic(place: Place): Promise<TrafficModule> {
  return place.use<typeof import('./traffic.guest.ts')>(new URL('./traffic.guest.ts', import.meta.url));
}

export class KernelBench {
  readonly network: Network;
  readonly #client: TrafficModule;
  #forwarder: RemoteForwarder | null = null;
  /** Each fixture's services have ports of their own: entries of the connection table outlive their services. */
  #port = 10_000;

  private constructor(network: Network, client: TrafficModule) {
    this.network = network;
    this.#client = client;
  }

  static async build(vm: Vm): Promise<KernelBench> {
    const network = await vm.network(tutorialNetwork({ realServersFor: 'NAT' }));
    const [client, ...servers] = await Promise.all(['outside', 'rs1', 'rs2'].map((name) => traffic(network.host(name))));
    if (client === undefined) throw new Error('the network has a client');
    await Promise.all(servers.map((server, at) => KernelBench.#serve(server, tutorial.realServers[at] ?? '')));
    return new KernelBench(network, client);
  }

  static async #serve(server: TrafficModule, rip: string): Promise<void> {
    for (const address of [rip, ipv6Of(rip)]) {
      await server.serve({ rip: address, port: firstPort });
      await server.serve({ rip: address, port: otherPort });
      await server.serveDatagrams({ rip: address, port: datagramPort });
    }
  }

  get director(): Place {
    return this.network.host('director');
  }

  async fixture(family: Family): Promise<ContractFixture> {
    const address = (ipv4: string): string => (family === 'ipv4' ? ipv4 : ipv6Of(ipv4));
    const [first, second] = tutorial.realServers.map(address);
    if (first === undefined || second === undefined) throw new Error('the tutorial has two real servers');
    const service = (protocol: Address['protocol']): Address => ({ kind: 'address', protocol, vip: address(tutorial.vip), port: this.#port++ });
    return {
      forwarder: await this.#open(),
      services: [service('tcp'), service('tcp')],
      endpoints: [{ rip: first, port: firstPort }, { rip: second, port: firstPort }, { rip: first, port: otherPort }],
      method: { kind: 'nat' },
      connect: (to) => this.#connect(to),
      datagrams: {
        service: service('udp'), endpoints: [{ rip: first, port: datagramPort }, { rip: second, port: datagramPort }], open: (to) => this.#openDatagrams(to),
      },
      dispose: () => this.clear(),
    };
  }

  async clear(): Promise<void> {
    await this.#forwarder?.clear();
  }

  /** Opened once, and again after a test has closed it. */
  async #open(): Promise<RemoteForwarder> {
    if (this.#forwarder === null || this.#forwarder.closed) this.#forwarder = await RemoteForwarder.open(this.director);
    return this.#forwarder;
  }

  async #connect(to: ServiceAddress): ReturnType<NonNullable<ContractFixture['connect']>> {
    const { number, servedBy } = await this.#client.connect(addressed(to));
    return { servedBy, exchange: () => this.#client.exchange(number), close: () => this.#client.close(number) };
  }

  async #openDatagrams(to: ServiceAddress): ReturnType<NonNullable<ContractFixture['datagrams']>['open']> {
    const number = await this.#client.openDatagrams(addressed(to));
    return { ask: () => this.#client.ask(number), tell: () => this.#client.tell(number), close: () => void this.#client.closeDatagrams(number) };
  }
}

function addressed(service: ServiceAddress): Address {
  if (service.kind !== 'address') throw new Error('a client connects to an address');
  return service;
}
