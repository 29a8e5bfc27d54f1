// A SYN to the VIP, on the way that forwarded packets take: only a real server that owns the VIP and takes its packets answers.
import { askForNeighbour, linkAddressOf, links, openRouteConnection, routeTo, SynProber } from '@weir/netlink';
import type { Link, Neighbour, Wrapping } from '@weir/netlink';
import type { RuleMethod } from '@weir/model';
import { Attempt, notTried } from '../attempt/attempt.ts';
import type { Failure } from '../attempt/attempt.ts';
import type { Answer, ProbePath, ProbeTarget } from '../probes.ts';

type RouteConnection = Awaited<ReturnType<typeof openRouteConnection>>;

/** How often the kernel is asked whether a neighbour has answered. */
const LOOK_MS = 20;

interface Way {
  readonly neighbour: Neighbour;
  readonly link: Link & { readonly hardwareAddress: string };
  /** Of this host, on packets to the real server itself. */
  readonly source: string;
}

function wrappingOf({ tunnel }: RuleMethod & { kind: 'tun' }, source: string, rip: string): Wrapping {
  switch (tunnel.type) {
    case 'ipip': return { source, destination: rip, tunnel };
    case 'gre': return { source, destination: rip, tunnel: { type: 'gre', hasChecksum: tunnel.checksum === 'csum' } };
    case 'gue': return { source, destination: rip, tunnel: { type: 'gue', port: tunnel.port } };
  }
}

export class PathProber {
  readonly #routes: RouteConnection;
  readonly #syn: SynProber;

  private constructor(routes: RouteConnection, syn: SynProber) {
    this.#routes = routes;
    this.#syn = syn;
  }

  /** Rejects where this process may not (CAP_NET_RAW). */
  static async open(): Promise<PathProber> {
    const routes = await openRouteConnection();
    try {
      return new PathProber(routes, await SynProber.open());
    } catch (error) {
      routes.close();
      throw error;
    }
  }

  run({ rip, path }: ProbeTarget, timeoutMs: number): Promise<Answer> {
    if (path === null) return notTried({ failure: 'unsupported', detail: 'only a service with a VIP has a path' });
    const { method } = path;
    if (method.kind !== 'dr' && method.kind !== 'tun') return notTried({ failure: 'unsupported', detail: `packets by ${method.kind} do not go to the VIP of the real server` });
    const attempt = new Attempt(timeoutMs);
    attempt.expected = 'SYN ACK';
    attempt.sent = `SYN ${path.dip} to ${path.vip} port ${path.vport}, by ${method.kind === 'dr' ? 'DR' : method.tunnel.type}`;
    attempt.late = () => ({ failure: 'noNeighbour' });
    attempt.guard(() => {
      const way = this.#wayTo(rip);
      if ('failure' in way) return attempt.fail(way);
      const wrapping = method.kind === 'tun' ? wrappingOf(method, way.source, rip) : null;
      this.#whenKnown(attempt, way.neighbour, (neighbour) => this.#ask({ attempt, path, way, wrapping, neighbour, waitMs: timeoutMs }));
    })();
    return attempt.answer;
  }

  close(): void {
    this.#syn.close();
    this.#routes.close();
  }

  /** Where it is this director that cannot, the real server has not been asked. */
  #wayTo(rip: string): Way | Failure {
    const route = routeTo(this.#routes, rip);
    if (route?.kind === 'local') return { failure: 'unsupported', detail: 'the real server is this director itself' };
    if (route?.kind !== 'unicast' || route.interfaceIndex === null) return { failure: 'unreachable', detail: `there is no route to ${rip}` };
    const { interfaceIndex, gateway, source } = route;
    const link = links(this.#routes).find(({ index }) => index === interfaceIndex);
    if (link === undefined || link.hardwareAddress === null || !link.arp || source === null) {
      return { failure: 'unsupported', detail: `${link?.name ?? `interface ${interfaceIndex}`} is no Ethernet with an address` };
    }
    return { source, link: { ...link, hardwareAddress: link.hardwareAddress }, neighbour: { address: gateway ?? rip, interfaceIndex } };
  }

  /** What the kernel is not sure of it asks for, as for a packet of its own; an old answer is good until it knows better. */
  #whenKnown(attempt: Attempt, neighbour: Neighbour, then: (address: Uint8Array) => void): void {
    const known = linkAddressOf(this.#routes, neighbour);
    if (known?.isSure !== true) askForNeighbour(this.#routes, neighbour);
    if (known !== null) return then(known.bytes);
    const timer = setInterval(attempt.guard(() => {
      const found = linkAddressOf(this.#routes, neighbour);
      if (found === null) return;
      clearInterval(timer);
      then(found.bytes);
    }), LOOK_MS);
    attempt.atEnd(() => clearInterval(timer));
  }

  #ask({ attempt, path, way, wrapping, neighbour, waitMs }: {
    readonly attempt: Attempt; readonly path: ProbePath; readonly way: Way; readonly wrapping: Wrapping | null; readonly neighbour: Uint8Array; readonly waitMs: number;
  }): void {
    attempt.late = () => ({ failure: 'vipNotAnswered' });
    const { link: { hardwareAddress, index } } = way;
    const order = { source: path.dip, destination: path.vip, port: path.vport, wrapping, interfaceIndex: index, hardwareAddress, neighbour, waitMs };
    attempt.atEnd(this.#syn.ask(order, (kind) => {
      attempt.received = () => (kind === 'synAck' ? 'SYN ACK' : 'RST');
      if (kind === 'synAck') attempt.good();
      else attempt.fail({ failure: 'refused', detail: 'the VIP is there, and nothing listens on it' });
    }));
  }
}
