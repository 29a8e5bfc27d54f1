// Real servers and clients on loopback, for the benchmarks.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

export interface At {
  readonly host: string;
  readonly port: number;
}

const mebibyte = 1_048_576;
const streamBytes = 256 * mebibyte;

export async function listen(host: string, serve: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => serve(socket.on('error', () => {})));
  server.listen({ host, port: 0, backlog: 4_096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return { server, port: address.port };
}

export async function freePort(host: string): Promise<number> {
  const { server, port } = await listen(host, () => {});
  server.close();
  await once(server, 'close');
  return port;
}

export function echo(socket: Socket): void {
  socket.pipe(socket);
}

/** 256 MiB to whoever connects. */
export function send(socket: Socket): void {
  const chunk = Buffer.alloc(262_144);
  let left = streamBytes;
  const more = (): void => {
    while (left > 0) {
      left -= chunk.length;
      if (!socket.write(chunk)) return;
    }
    socket.end();
  };
  socket.on('drain', more).resume();
  more();
}

function exchange({ host, port }: At): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    socket.on('error', reject).on('close', () => resolve()).resume();
    socket.end('a request');
  });
}

/** Connect, request, answer, close: `count` times, `inFlight` at once. Gives how long each took. */
export async function exchanges(at: At, count: number, inFlight: number): Promise<number[]> {
  const delaysMs: number[] = [];
  await Promise.all(Array.from({ length: inFlight }, async () => {
    for (let done = 0; done < count / inFlight; done += 1) {
      const startedAtMs = performance.now();
      await exchange(at);
      delaysMs.push(performance.now() - startedAtMs);
    }
  }));
  return delaysMs;
}

export async function connected({ host, port }: At): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** 128 bytes there and back on open connections, one after the other on each. Gives how long each took. */
export async function pings(at: At, count: number, connections: number): Promise<number[]> {
  const question = Buffer.alloc(128);
  const delaysMs: number[] = [];
  await Promise.all(Array.from({ length: connections }, async () => {
    const socket = await connected(at);
    for (let done = 0; done < count / connections; done += 1) {
      const startedAtMs = performance.now();
      socket.write(question);
      await once(socket, 'data');
      delaysMs.push(performance.now() - startedAtMs);
    }
    socket.destroy();
  }));
  return delaysMs;
}

/** Reads from `send` on so many connections; gives the MiB. */
export async function download({ host, port }: At, streams: number): Promise<number> {
  const received = await Promise.all(Array.from({ length: streams }, () => new Promise<number>((resolve, reject) => {
    const socket = connect({ host, port });
    socket.on('data', () => {}).on('error', reject).on('close', () => resolve(socket.bytesRead));
  })));
  return received.reduce((sum, bytes) => sum + bytes, 0) / mebibyte;
}
