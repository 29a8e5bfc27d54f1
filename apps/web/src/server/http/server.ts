// The panel's HTTP server: limits, deadlines, and an orderly end.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { codeOf } from '../data-folder.ts';
import { StartError } from '../errors.ts';
import { sendJson } from './message.ts';
import type { PageHandler } from './routes.ts';

export interface Tls {
  readonly cert: string;
  readonly key: string;
}

// Each browser tab holds one connection for its stream and a few more while it loads.
const connectionsMax = 2_000;
const limits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16_384,
  // Node's own 30 s would let a silent connection stay as long.
  connectionsCheckingInterval: 5_000,
} as const;
const handshakeDeadlineMs = 10_000;

export function createHttpServer(tls: Tls | null): Server {
  const server = tls === null ? createServer(limits) : secureServer(tls);
  server.maxConnections = connectionsMax;
  return server;
}

function secureServer(tls: Tls): Server {
  try {
    return createSecureServer({ ...limits, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: handshakeDeadlineMs });
  } catch (error) {
    throw new StartError(`WEIR_TLS_CERT and WEIR_TLS_KEY cannot be used: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

/** Answers the port. `onError` hears what fails later, such as a connection for which the host has no descriptor: the others go on. */
export async function listen(server: Server, host: string, port: number, onError: (error: Error) => void): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new StartError(listenSentence(codeOf(error), host, port), { cause: error })));
    server.listen({ host, port }, resolve);
  });
  server.on('error', onError);
  const bound: string | AddressInfo | null = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}

function listenSentence(code: string, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: stop the program that has it, or give another with WEIR_PORT.`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user: give one above 1023 with WEIR_PORT.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this host: give another with WEIR_HOST.`;
    default:
      return `Cannot listen on ${host} port ${port}: ${code}.`;
  }
}

/** Answers that the panel is starting, until the handler is there. */
export function serve(server: Server): (handler: PageHandler) => void {
  let current = answerStarting;
  server.on('request', (request, response) => void current(request, response));
  return (handler) => {
    current = handler;
  };
}

const answerStarting: PageHandler = (_, response) => {
  response.setHeader('retry-after', '1');
  sendJson(response, 503, { ok: false });
  return Promise.resolve();
};

/** Requests under way get the time to end; then their connections are cut. */
export async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
