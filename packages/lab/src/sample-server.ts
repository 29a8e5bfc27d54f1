// What every sample real server is: a name, an address, and its own count of what it served.
import type { Server, Socket } from 'node:net';
import { formatEndpoint, type Endpoint } from './address.ts';

export interface ServerCounts {
  /** Connections accepted; null where the protocol has none. */
  readonly connections: bigint | null;
  /** Connections open now; null where the protocol has none. */
  readonly activeConnections: number | null;
  /** HTTP requests or datagrams; null where the protocol has none. */
  readonly requests: bigint | null;
  /** Payload bytes received and sent, of open connections too. */
  readonly bytesIn: bigint;
  readonly bytesOut: bigint;
}

export interface SampleServer {
  /** How it names itself in its answers: "127.0.8.20". */
  readonly name: string;
  readonly protocol: 'http' | 'tcp-echo' | 'udp-echo';
  readonly endpoint: Endpoint;
  counts(): ServerCounts;
  /** Ends it and its connections. */
  stop(): Promise<void>;
}

export class SampleServerError extends Error {
  override readonly name = 'SampleServerError';
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'the address is not on this host',
  EACCES: 'the port needs more rights',
};

export function cannotListen(protocol: SampleServer['protocol'], endpoint: Endpoint, cause: unknown): SampleServerError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new SampleServerError(`The sample real server ${formatEndpoint(endpoint)} (${protocol}) cannot start: ${reason}.`, { cause });
}

/** Counts a server's connections; bytes are the socket's own figures, final when it has closed. */
export class ConnectionCounter {
  readonly #open = new Set<Socket>();
  #accepted = 0n;
  #bytesIn = 0n;
  #bytesOut = 0n;

  /** Returns the connection's number, from 1. */
  accept(socket: Socket): bigint {
    this.#accepted += 1n;
    this.#open.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#bytesIn += BigInt(socket.bytesRead);
      this.#bytesOut += BigInt(socket.bytesWritten);
    });
    return this.#accepted;
  }

  counts(requests: bigint | null): ServerCounts {
    let { bytesIn, bytesOut } = { bytesIn: this.#bytesIn, bytesOut: this.#bytesOut };
    for (const socket of this.#open) {
      bytesIn += BigInt(socket.bytesRead);
      bytesOut += BigInt(socket.bytesWritten);
    }
    return { connections: this.#accepted, activeConnections: this.#open.size, requests, bytesIn, bytesOut };
  }

  endAll(): void {
    for (const socket of this.#open) socket.destroy();
  }
}

export function listen(server: Server, protocol: SampleServer['protocol'], { address, port }: Endpoint): Promise<Endpoint> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(protocol, { address, port }, cause)));
    server.listen({ host: address, port, backlog: 511 }, () => {
      // A connection that the host has no descriptor for is lost, and the others go on.
      server.on('error', () => undefined);
      const bound = server.address();
      resolve({ address, port: bound !== null && typeof bound === 'object' ? bound.port : port });
    });
  });
}

export function closeServer(server: Server, connections: ConnectionCounter): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    connections.endAll();
  });
}
