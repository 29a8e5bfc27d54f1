// The sample HTTP real server: each answer names the server and says how the request reached it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { z } from 'zod';
import { formatEndpoint, type Endpoint } from './address.ts';
import { closeServer, ConnectionCounter, listen, type SampleServer } from './sample-server.ts';

const maxConnections = 10_000;

/** What a client may ask for beside the plain answer. */
const wishSchema = z.strictObject({
  /** Bytes to add to the answer. */
  bytes: z.coerce.number().int().min(0).max(10_000_000).default(0),
  /** Time over which they are sent, one part a second. */
  seconds: z.coerce.number().int().min(0).max(60).default(0),
});

export async function startHttpServer(endpoint: Endpoint, name: string = endpoint.address): Promise<SampleServer> {
  const connections = new ConnectionCounter();
  const numbers = new WeakMap<Socket, bigint>();
  let requests = 0n;
  const server = createServer((request, response) => {
    requests += 1n;
    answer(request, response, { name, connection: numbers.get(request.socket) ?? 0n, request: requests });
  });
  server.maxConnections = maxConnections;
  server.on('connection', (socket) => numbers.set(socket, connections.accept(socket)));
  const bound = await listen(server, 'http', endpoint);
  return {
    name,
    protocol: 'http',
    endpoint: bound,
    counts: () => connections.counts(requests),
    stop: () => closeServer(server, connections),
  };
}

interface Numbers {
  readonly name: string;
  readonly connection: bigint;
  readonly request: bigint;
}

function answer(request: IncomingMessage, response: ServerResponse, numbers: Numbers): void {
  // The query alone: a path such as "//" is no URL, and may be asked for all the same.
  const [, query] = (request.url ?? '').split('?', 2);
  const wish = wishSchema.safeParse(Object.fromEntries(new URLSearchParams(query)));
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('x-real-server', numbers.name);
  if (!wish.success) {
    response.statusCode = 400;
    response.end(`${z.prettifyError(wish.error)}\n`);
    return;
  }
  const text = describe(request, numbers);
  response.setHeader('content-length', Buffer.byteLength(text) + wish.data.bytes);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.write(text);
  sendOver(response, wish.data.bytes, wish.data.seconds);
}

function describe({ socket, headers, method, url }: IncomingMessage, { name, connection, request }: Numbers): string {
  const from = { address: socket.remoteAddress ?? '?', port: socket.remotePort ?? 0 };
  const at = { address: socket.localAddress ?? name, port: socket.localPort ?? 0 };
  const lines = [
    `real server ${name}, connection ${connection}`,
    `request ${request}: ${method ?? '?'} ${url ?? '?'} for host ${headers.host ?? '(none)'}`,
    `reached ${formatEndpoint(at)} from ${formatEndpoint(from)}`,
  ];
  const forwardedFor = headers['x-forwarded-for'];
  if (forwardedFor !== undefined) lines.push(`forwarded for ${String(forwardedFor)}`);
  return `${lines.join('\n')}\n`;
}

function sendOver(response: ServerResponse, bytes: number, seconds: number): void {
  if (seconds === 0) {
    response.end(Buffer.alloc(bytes, '.'));
    return;
  }
  const part = Buffer.alloc(Math.floor(bytes / (seconds + 1)), '.');
  let left = bytes;
  let turns = seconds;
  const timer = setInterval(() => {
    turns -= 1;
    if (turns <= 0) {
      clearInterval(timer);
      response.end(Buffer.alloc(left, '.'));
      return;
    }
    left -= part.length;
    response.write(part);
  }, 1000);
  response.once('close', () => clearInterval(timer));
}
