// One client's connection, from its accept to its end.
import { canonicalAddress } from '@weir/model';
import type { Connection, IpAddress, ServiceAddress } from '@weir/model';
import type { Socket } from 'node:net';
import { dial } from './sockets/dial.ts';
import type { SourcePorts } from './sockets/dial.ts';
import type { ProxyRealServer, Served } from './real-server.ts';
import type { Arrival } from './scheduling/scheduler.ts';
import { closedInOrder, flow, reset } from './sockets/socket.ts';
import type { Traffic } from './traffic.ts';
import type { ProxyTuning } from './tuning.ts';

/** What a connection needs of its service. */
export interface ConnectionHost {
  readonly address: Extract<ServiceAddress, { kind: 'address' }>;
  readonly traffic: Traffic;
  readonly tuning: ProxyTuning;
  readonly ports: SourcePorts;
  pick(arrival: Arrival, tried: ReadonlySet<ProxyRealServer>): ProxyRealServer | null;
  /** No real server took the client: it was reset. */
  unserved(): void;
  ended(connection: ProxiedConnection): void;
}

/** The kernel's words, as ip_vs_proto_tcp.c would see the same segments; what it calls SYN_RECV is here the director's own SYN. */
export type ConnectionState = 'SYN_SENT' | 'ESTABLISHED' | 'CLOSE_WAIT' | 'FIN_WAIT' | 'TIME_WAIT';

/** Node adds the zone to a link-local address. */
function addressOf(text: string | undefined): IpAddress | null {
  return text === undefined ? null : canonicalAddress(text.replace(/%.*/, ''));
}

/** Null where the client is gone already. */
export function arrivalOf({ remoteAddress, remotePort }: Socket, vip: IpAddress): Arrival | null {
  const cip = addressOf(remoteAddress);
  return cip === null || remotePort === undefined ? null : { cip, clientPort: remotePort, vip };
}

export class ProxiedConnection implements Served {
  readonly #host: ConnectionHost;
  readonly #client: Socket;
  readonly #arrival: Arrival;
  readonly #tried = new Set<ProxyRealServer>();
  #realServer: ProxyRealServer | null = null;
  #server: Socket | null = null;
  #giveUp: (() => void) | null = null;
  #clientEnded = false;
  #serverEnded = false;
  #over = false;
  #touchedAtMs = performance.now();
  #deadline: NodeJS.Timeout | undefined;

  constructor(host: ConnectionHost, client: Socket, arrival: Arrival) {
    this.#host = host;
    this.#client = client;
    this.#arrival = arrival;
    // Every error is followed by `close`.
    client.on('error', () => {});
    client.on('close', () => this.#closed(client, this.#server));
  }

  get state(): ConnectionState {
    if (this.#server === null) return 'SYN_SENT';
    if (this.#clientEnded) return this.#serverEnded ? 'TIME_WAIT' : 'CLOSE_WAIT';
    return this.#serverEnded ? 'FIN_WAIT' : 'ESTABLISHED';
  }

  /** Nothing is read from the client beyond its buffer before a real server accepted, so nothing it sent is lost. */
  connect(): void {
    const realServer = this.#tried.size < this.#host.tuning.connectTries ? this.#host.pick(this.#arrival, this.#tried) : null;
    if (realServer === null) {
      this.#host.unserved();
      this.reset();
      return;
    }
    this.#tried.add(realServer);
    this.#realServer = realServer;
    realServer.joined(this);
    const { ports, tuning } = this.#host;
    this.#touchedAtMs = performance.now();
    this.#giveUp = dial({ endpoint: realServer.endpoint, source: realServer.source, ports, tuning }, (server) => {
      this.#giveUp = null;
      if (server === null) this.#connectElsewhere();
      else this.#establish(realServer, server);
    });
  }

  realServerRemoved(): void {
    // Nothing was sent yet: another real server can have it.
    if (this.#server === null) this.#connectElsewhere();
    else this.reset();
  }

  reset(): void {
    if (this.#server === null) this.#leave();
    else reset(this.#server);
    reset(this.#client);
  }

  /** Null where it is between two real servers. */
  entry(): Connection | null {
    if (this.#realServer === null) return null;
    const { cip, clientPort, vip } = this.#arrival;
    const { rip, port: realPort } = this.#realServer.endpoint;
    const { protocol, port: virtualPort } = this.#host.address;
    return {
      protocol, cip, clientPort, vip, virtualPort, rip, realPort,
      dip: addressOf(this.#server?.localAddress) ?? this.#realServer.source,
      directorPort: this.#server?.localPort ?? null,
      state: this.state,
      expiresInMs: Math.max(0, Math.round(this.#expiresAtMs() - performance.now())),
    };
  }

  #connectElsewhere(): void {
    this.#leave();
    this.connect();
  }

  #leave(): void {
    this.#giveUp?.();
    this.#giveUp = null;
    this.#realServer?.left(this, this.#clientEnded || this.#serverEnded);
    this.#realServer = null;
  }

  #establish(realServer: ProxyRealServer, server: Socket): void {
    this.#server = server;
    server.on('close', () => this.#closed(server, this.#client));
    const tallies = [this.#host.traffic, realServer.traffic] as const;
    for (const tally of tallies) tally.connected();
    this.#touch();
    this.#watch();
    const drained = (): void => this.#touch();
    flow(this.#client, server, {
      drained,
      moved: (bytes) => {
        this.#touch();
        for (const tally of tallies) tally.fromClient(bytes);
      },
      ended: () => this.#halfEnded(() => { this.#clientEnded = true; }),
    });
    flow(server, this.#client, {
      drained,
      moved: (bytes) => {
        this.#touch();
        for (const tally of tallies) tally.fromRealServer(bytes);
      },
      ended: () => this.#halfEnded(() => { this.#serverEnded = true; }),
    });
  }

  #halfEnded(note: () => void): void {
    if (!this.#clientEnded && !this.#serverEnded) this.#realServer?.halfClosed();
    note();
    this.#touch();
    this.#watch();
  }

  /** One of the two sockets is closed. Out of order (reset, error), the other one is reset: it must not take a broken stream for a whole one. */
  #closed(socket: Socket, other: Socket | null): void {
    if (other !== null && !other.closed) {
      if (!closedInOrder(socket)) reset(other);
      return;
    }
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#deadline);
    this.#leave();
    this.#host.ended(this);
  }

  #touch(): void {
    this.#touchedAtMs = performance.now();
  }

  #expiresAtMs(): number {
    const { connectDeadlineMs, idleDeadlineMs, finDeadlineMs } = this.#host.tuning;
    if (this.#server === null) return this.#touchedAtMs + connectDeadlineMs;
    return this.#touchedAtMs + (this.state === 'ESTABLISHED' ? idleDeadlineMs : finDeadlineMs);
  }

  /** Looks again when the deadline would be over had nothing moved: one timer per deadline, not one per chunk. */
  #watch(): void {
    clearTimeout(this.#deadline);
    const remainingMs = this.#expiresAtMs() - performance.now();
    if (remainingMs <= 0) this.reset();
    else this.#deadline = setTimeout(() => this.#watch(), Math.ceil(remainingMs));
  }
}
