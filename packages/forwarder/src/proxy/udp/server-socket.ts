// A UDP socket of one client towards one real server.
import { familyOf } from '@weir/model';
import type { Endpoint, IpAddress } from '@weir/model';
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import type { ProxyTuning } from '../tuning.ts';

export interface ServerSocketOptions {
  readonly endpoint: Endpoint;
  readonly source: IpAddress | null;
  readonly tuning: Pick<ProxyTuning, 'maxUnsentDatagrams' | 'maxQueuedDatagramBytes'>;
  replied(datagram: Buffer): void;
  sent(bytes: number): void;
  /** The real server said by ICMP that nobody listens there, or it cannot be reached from here. Said once, with what was not sent to it. */
  refused(unsent: readonly Buffer[]): void;
}

/** What the kernel says of an ICMP answer, or of a host without a route. Anything else loses one datagram, as networks do. */
const refusals: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);

function isRefusal(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && refusals.has(error.code);
}

export class ServerSocket {
  readonly #options: ServerSocketOptions;
  readonly #socket: Socket;
  /** Waiting for the socket to be bound and connected; null once it is. */
  #unsent: Buffer[] | null = [];
  #closed = false;

  constructor(options: ServerSocketOptions) {
    const { endpoint: { rip, port }, source } = options;
    this.#options = options;
    // Connected, so that nobody but the real server is heard and its ICMP errors reach this socket.
    this.#socket = createSocket(familyOf(rip) === 'ipv6' ? 'udp6' : 'udp4');
    this.#socket.on('message', (datagram) => options.replied(datagram));
    // Before it is connected every error is about the way there: no such source address, no route, no descriptor.
    this.#socket.on('error', (error) => {
      if (this.#unsent !== null || isRefusal(error)) this.#refused([]);
    });
    this.#socket.once('listening', () => this.#socket.connect(port, rip));
    this.#socket.once('connect', () => this.#flush());
    this.#socket.bind({ ...(source === null ? {} : { address: source }), port: 0, exclusive: true });
  }

  /** The director's end; null before it has one. */
  get local(): { readonly address: string; readonly port: number } | null {
    return this.#unsent === null && !this.#closed ? this.#socket.address() : null;
  }

  /** False where more is waiting than may be: the datagram is lost. */
  send(datagram: Buffer): boolean {
    const { maxUnsentDatagrams, maxQueuedDatagramBytes } = this.#options.tuning;
    if (this.#closed) return false;
    if (this.#unsent !== null) return this.#unsent.length < maxUnsentDatagrams && this.#unsent.push(datagram) > 0;
    if (this.#socket.getSendQueueSize() > maxQueuedDatagramBytes) return false;
    this.#socket.send(datagram, (error) => {
      if (error === null) this.#options.sent(datagram.length);
      // The kernel hands an ICMP error to the next send, which then sends nothing.
      else if (isRefusal(error)) this.#refused([datagram]);
    });
    return true;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }

  #flush(): void {
    const unsent = this.#unsent ?? [];
    this.#unsent = null;
    for (const datagram of unsent) this.send(datagram);
  }

  #refused(datagrams: readonly Buffer[]): void {
    if (this.#closed) return;
    this.close();
    this.#options.refused([...this.#unsent ?? [], ...datagrams]);
  }
}
