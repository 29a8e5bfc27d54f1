// One client's connection, from its accept to its end.
import type { Connection } from '@weir/model';
import type { Socket } from 'node:net';
import type { Assignment } from '../assignment.ts';
import { Deadline } from '../deadline.ts';
import { ipAddressOf } from '../front.ts';
import type { Rules } from '../front.ts';
import type { ProxyRealServer, Served } from '../real-server.ts';
import type { Arrival } from '../scheduling/scheduler.ts';
import { dial } from './dial.ts';
import type { SourcePorts } from './dial.ts';
import { closedInOrder, flow, reset } from './socket.ts';

/** What a connection needs beside its client. */
export interface ConnectionHost {
  readonly rules: Rules;
  readonly ports: SourcePorts;
  readonly arrival: Arrival;
  ended(): void;
}

/** The kernel's words, as ip_vs_proto_tcp.c would see the same segments; what it calls SYN_RECV is here the director's own SYN. */
export type ConnectionState = 'SYN_SENT' | 'ESTABLISHED' | 'CLOSE_WAIT' | 'FIN_WAIT' | 'TIME_WAIT';

export class ProxiedConnection implements Served {
  readonly #host: ConnectionHost;
  readonly #client: Socket;
  readonly #tried = new Set<ProxyRealServer>();
  readonly #deadline: Deadline;
  #assignment: Assignment | null = null;
  #server: Socket | null = null;
  #giveUp: (() => void) | null = null;
  #clientEnded = false;
  #serverEnded = false;
  #over = false;

  constructor(host: ConnectionHost, client: Socket) {
    this.#host = host;
    this.#client = client;
    this.#deadline = new Deadline(() => this.#patienceMs(), () => this.reset());
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
    const { rules, ports, arrival } = this.#host;
    this.#assignment = this.#tried.size < rules.tuning.connectTries ? rules.assign(this, arrival, this.#tried) : null;
    if (this.#assignment === null) {
      if (this.#tried.size >= rules.tuning.connectTries) rules.gate.refuse('noRealServer');
      this.reset();
      return;
    }
    const { realServer } = this.#assignment;
    this.#tried.add(realServer);
    this.#deadline.touch();
    this.#giveUp = dial({ endpoint: realServer.endpoint, source: realServer.source, ports, tuning: rules.tuning }, (server) => {
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

  /** Null where it is just ending. */
  entry(): Connection | null {
    if (this.#assignment === null) return null;
    const { endpoint: { rip, port: realPort }, source } = this.#assignment.realServer;
    const { arrival: { cip, clientPort, vip }, rules: { address: { protocol, port: virtualPort } } } = this.#host;
    return {
      protocol, cip, clientPort, vip, virtualPort, rip, realPort, mark: null, origin: 'local', template: false,
      dip: ipAddressOf(this.#server?.localAddress) ?? source,
      directorPort: this.#server?.localPort ?? null,
      state: this.state,
      expiresInMs: Math.round(this.#deadline.remainingMs),
    };
  }

  #connectElsewhere(): void {
    this.#leave();
    this.connect();
  }

  #leave(): void {
    this.#giveUp?.();
    this.#giveUp = null;
    this.#assignment?.end();
    this.#assignment = null;
  }

  #establish(realServer: ProxyRealServer, server: Socket): void {
    this.#server = server;
    server.on('close', () => this.#closed(server, this.#client));
    const tallies = [this.#host.rules.traffic, realServer.traffic] as const;
    for (const tally of tallies) tally.connected();
    this.#deadline.touch();
    this.#deadline.watch();
    const drained = (): void => this.#deadline.touch();
    flow(this.#client, server, {
      drained,
      moved: (bytes) => {
        this.#deadline.touch();
        for (const tally of tallies) tally.fromClient(bytes);
      },
      ended: () => this.#halfEnded(() => { this.#clientEnded = true; }),
    });
    flow(server, this.#client, {
      drained,
      moved: (bytes) => {
        this.#deadline.touch();
        for (const tally of tallies) tally.fromRealServer(bytes);
      },
      ended: () => this.#halfEnded(() => { this.#serverEnded = true; }),
    });
  }

  #halfEnded(note: () => void): void {
    this.#assignment?.becomeInactive();
    note();
    this.#deadline.touch();
    this.#deadline.watch();
  }

  /** One of the two sockets is closed. Out of order (reset, error), the other one is reset: it must not take a broken stream for a whole one. */
  #closed(socket: Socket, other: Socket | null): void {
    if (other !== null && !other.closed) {
      if (!closedInOrder(socket)) reset(other);
      return;
    }
    if (this.#over) return;
    this.#over = true;
    this.#deadline.stop();
    this.#leave();
    this.#host.ended();
  }

  #patienceMs(): number {
    const { connectDeadlineMs, idleDeadlineMs, finDeadlineMs } = this.#host.rules.tuning;
    if (this.#server === null) return connectDeadlineMs;
    return this.state === 'ESTABLISHED' ? idleDeadlineMs : finDeadlineMs;
  }
}
