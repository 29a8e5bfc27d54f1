// The front of a UDP service: one socket that hears and answers all clients, and a path to a real server for each.
import { familyOf } from '@weir/model';
import type { Connection } from '@weir/model';
import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { ipAddressOf } from '../front.ts';
import type { Front, Rules } from '../front.ts';
import type { ProxyRealServer, Served } from '../real-server.ts';
import type { Arrival } from '../scheduling/scheduler.ts';
import { Flow } from './flow.ts';
import { Path } from './path.ts';

/** What a single datagram leaves behind with the real server that it was scheduled to. */
const nobody: Served = { realServerRemoved: () => {} };
const none: ReadonlySet<ProxyRealServer> = new Set();

export class UdpFront implements Front {
  readonly #rules: Rules;
  readonly #flows = new Map<string, Flow>();
  /** On which the replies to single datagrams come back, by client and real server. */
  readonly #paths = new Map<string, { readonly path: Path; readonly end: () => void }>();
  #socket: Socket | null = null;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  async open(): Promise<void> {
    const { vip, port } = this.#rules.address;
    const socket = familyOf(vip) === 'ipv6' ? createSocket({ type: 'udp6', ipv6Only: true }) : createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ address: vip, port, exclusive: true }, () => {
        socket.removeListener('error', reject);
        resolve();
      });
    });
    // An error of one datagram ends neither the socket nor anybody's flow.
    socket.on('error', () => {});
    socket.on('message', (datagram, from) => this.#arrived(datagram, from));
    this.#socket = socket;
  }

  get size(): number {
    return this.#flows.size + this.#paths.size;
  }

  entries(): Connection[] {
    return [...this.#open()].map((one) => one.entry()).filter((entry) => entry !== null);
  }

  close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = null;
    for (const flow of this.#flows.values()) flow.end();
    for (const { end } of this.#paths.values()) end();
    return new Promise((resolve) => {
      if (socket === null) resolve();
      else socket.close(() => resolve());
    });
  }

  *#open(): Generator<Flow | Path> {
    yield* this.#flows.values();
    for (const { path } of this.#paths.values()) yield path;
  }

  #arrived(datagram: Buffer, { address, port }: RemoteInfo): void {
    const cip = ipAddressOf(address);
    if (cip === null || this.#socket === null) return;
    const client = `${address} ${port}`;
    const arrival = { cip, clientPort: port, vip: this.#rules.address.vip };
    // A flow from before the service was a one-packet one goes on, as the kernel's entries do.
    const flow = this.#flows.get(client) ?? (this.#rules.onePacket ? null : this.#addFlow(client, arrival));
    if (flow !== null) flow.forward(datagram);
    else if (this.#rules.onePacket) this.#forwardSingly(client, arrival, datagram);
  }

  #addFlow(client: string, arrival: Arrival): Flow | null {
    const leave = this.#rules.gate.enter(arrival.cip, this.size);
    if (leave === null) return null;
    const flow = new Flow({
      rules: this.#rules, arrival, reply: (datagram) => this.#reply(datagram, arrival),
      ended: () => {
        this.#flows.delete(client);
        leave();
      },
    });
    this.#flows.set(client, flow);
    return flow;
  }

  /** As ip_vs_schedule does with IP_VS_CONN_F_ONE_PACKET: the entry that it makes is gone as soon as the datagram is. */
  #forwardSingly(client: string, arrival: Arrival, datagram: Buffer): void {
    const assignment = this.#rules.assign(nobody, arrival, none);
    if (assignment === null) return;
    assignment.end();
    const { realServer } = assignment;
    const key = `${client} ${realServer.key}`;
    const path = this.#paths.get(key)?.path ?? this.#addPath(key, arrival, realServer);
    path?.count();
    path?.forward(datagram);
  }

  #addPath(key: string, arrival: Arrival, realServer: ProxyRealServer): Path | null {
    const leave = this.#rules.gate.enter(arrival.cip, this.size);
    if (leave === null) return null;
    const end = (): void => {
      this.#paths.delete(key);
      path.end();
      leave();
    };
    const path: Path = new Path({ rules: this.#rules, arrival, reply: (datagram) => this.#reply(datagram, arrival) }, realServer, {
      timeoutMs: this.#rules.tuning.onePacketReplyMs, expired: end, refused: end,
    });
    this.#paths.set(key, { path, end });
    return path;
  }

  #reply(datagram: Buffer, { cip, clientPort }: Arrival): boolean {
    const socket = this.#socket;
    if (socket === null || socket.getSendQueueSize() > this.#rules.tuning.maxQueuedDatagramBytes) return false;
    // A client that is gone, or a route to it, is nobody's error here.
    socket.send(datagram, clientPort, cip, () => {});
    return true;
  }
}
