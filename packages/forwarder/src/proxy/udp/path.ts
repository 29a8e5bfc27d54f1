// The way of one client's datagrams to one real server and back.
import type { Connection } from '@weir/model';
import { Deadline } from '../deadline.ts';
import { ipAddressOf } from '../front.ts';
import type { Rules } from '../front.ts';
import type { ProxyRealServer } from '../real-server.ts';
import type { Arrival } from '../scheduling/scheduler.ts';
import { ServerSocket } from './server-socket.ts';

/** What a path needs of the front. */
export interface PathHost {
  readonly rules: Rules;
  readonly arrival: Arrival;
  /** Sends to the client; false where that has to be dropped. */
  reply(datagram: Buffer): boolean;
}

export interface PathEvents {
  /** How long it lives without a datagram in either direction. */
  readonly timeoutMs: number;
  readonly expired: () => void;
  readonly refused: (unsent: readonly Buffer[]) => void;
}

export class Path {
  readonly realServer: ProxyRealServer;
  readonly #host: PathHost;
  readonly #deadline: Deadline;
  readonly #socket: ServerSocket;

  constructor(host: PathHost, realServer: ProxyRealServer, { timeoutMs, expired, refused }: PathEvents) {
    this.realServer = realServer;
    this.#host = host;
    this.#deadline = new Deadline(() => timeoutMs, expired);
    this.#socket = new ServerSocket({
      endpoint: realServer.endpoint, source: realServer.source, tuning: host.rules.tuning, refused,
      replied: (datagram) => this.#replied(datagram),
      sent: (bytes) => {
        for (const tally of this.#tallies()) tally.fromClient(bytes);
      },
    });
    this.#deadline.watch();
  }

  forward(datagram: Buffer): void {
    this.#deadline.touch();
    if (!this.#socket.send(datagram)) this.#host.rules.gate.refuse('queueFull');
  }

  /** Counts one connection: the flow, or in a one-packet service each datagram. */
  count(): void {
    for (const tally of this.#tallies()) tally.connected();
  }

  end(): void {
    this.#deadline.stop();
    this.#socket.close();
  }

  entry(): Connection {
    const { arrival: { cip, clientPort, vip }, rules: { address: { protocol, port: virtualPort } } } = this.#host;
    const { endpoint: { rip, port: realPort }, source } = this.realServer;
    const { local } = this.#socket;
    return {
      protocol, cip, clientPort, vip, virtualPort, rip, realPort, mark: null, origin: 'local', template: false,
      dip: ipAddressOf(local?.address) ?? source,
      directorPort: local?.port ?? null,
      // The one state that it has: ip_vs_proto_udp.c, udp_state_name_table.
      state: 'UDP',
      expiresInMs: Math.round(this.#deadline.remainingMs),
    };
  }

  #tallies() {
    return [this.#host.rules.traffic, this.realServer.traffic];
  }

  #replied(datagram: Buffer): void {
    this.#deadline.touch();
    if (!this.#host.reply(datagram)) this.#host.rules.gate.refuse('queueFull');
    else for (const tally of this.#tallies()) tally.fromRealServer(datagram.length);
  }
}
