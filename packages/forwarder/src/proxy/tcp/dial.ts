// One attempt to connect to a real server, with a deadline.
import type { Endpoint, IpAddress } from '@weir/model';
import { Socket } from 'node:net';
import type { ProxyTuning } from '../tuning.ts';

/**
 * Gives the director's ports in turn. The kernel would pick one too, but when it binds it does not know the real server yet: each port then
 * serves one connection per source address instead of one per source and real server, and finding a free one takes milliseconds.
 */
export class SourcePorts {
  readonly #range: ProxyTuning['sourcePorts'];
  #next: number;

  constructor(range: ProxyTuning['sourcePorts'], random: () => number) {
    this.#range = range;
    this.#next = range.first + Math.floor(random() * (range.last - range.first + 1));
  }

  take(): number {
    const port = this.#next;
    this.#next = port >= this.#range.last ? this.#range.first : port + 1;
    return port;
  }
}

export interface Dialling {
  readonly endpoint: Endpoint;
  readonly source: IpAddress | null;
  readonly ports: SourcePorts;
  readonly tuning: Pick<ProxyTuning, 'connectDeadlineMs' | 'bufferBytes'>;
}

/** A source port that another socket holds says nothing about the real server. After this many in a row it is not the port. */
const maxPortsTried = 32;

/** libuv reports what bind() said about the port on connect too; a source address that is not this host's is a failed `bind`. */
function portIsTaken(error: Error): boolean {
  return 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EADDRNOTAVAIL') && 'syscall' in error && error.syscall === 'connect';
}

function open({ endpoint, source, ports, tuning }: Dialling): Socket {
  const options = { allowHalfOpen: true, highWaterMark: tuning.bufferBytes };
  const from = source === null ? {} : { localAddress: source, localPort: ports.take() };
  return new Socket(options).connect({ host: endpoint.rip, port: endpoint.port, noDelay: true, ...from });
}

/**
 * Calls `answered` once: with the connected socket, or with null where the real server refused, was out of reach or too slow.
 * Returns how to give up, after which it is not called.
 */
export function dial(dialling: Dialling, answered: (socket: Socket | null) => void): () => void {
  let socket: Socket;
  let settled = false;
  let portsTried = 0;
  const settle = (result: Socket | null): boolean => {
    if (settled) return false;
    settled = true;
    clearTimeout(timer);
    if (result === null) socket.destroy();
    return true;
  };
  const answer = (result: Socket | null): void => {
    if (settle(result)) answered(result);
  };
  const attempt = (): void => {
    portsTried += 1;
    const opened = open(dialling);
    socket = opened;
    opened.once('connect', () => answer(opened));
    // Stays for the life of the socket: later errors are followed by `close`, which its connection hears.
    opened.on('error', (error) => {
      if (!settled && portIsTaken(error) && portsTried < maxPortsTried) attempt();
      else answer(null);
    });
  };
  const timer = setTimeout(() => answer(null), dialling.tuning.connectDeadlineMs);
  attempt();
  return () => void settle(null);
}
