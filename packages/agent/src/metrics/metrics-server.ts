// Where scrapers come: a listener of its own, which answers GET and HEAD of /metrics to whoever shows the token, and nothing else.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { ListenError, listenFailure } from '../listen-error.ts';
import type { Body } from './metrics.ts';
import { formatFor } from './negotiation.ts';
import { contentTypes } from './text-format.ts';
import type { Format } from './text-format.ts';
import { tokenCheck } from './token.ts';

const CONNECTIONS = 32;
/** From the request to the last byte that the scraper took; most wait for ten seconds. */
const ANSWER_MS = 60_000;

const limits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  // Longer than the usual minute from one scrape to the next.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8_192,
};

export interface MetricsServerParts {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly body: (format: Format) => Promise<Body>;
  readonly log: Logger;
  readonly answerMs?: number;
}

export interface MetricsServer {
  readonly port: number;
  stop(): Promise<void>;
}

function refuse(response: ServerResponse, status: number, why: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'connection': 'close', ...headers });
  response.end(`${why}\n`);
}

async function give(response: ServerResponse, format: Format, body: (format: Format) => Promise<Body>): Promise<void> {
  const parts = await body(format);
  response.writeHead(200, {
    'content-type': contentTypes[format], 'cache-control': 'no-store', 'vary': 'accept', 'content-length': parts.reduce((sum, part) => sum + part.length, 0),
  });
  // The buffers are shared by all who ask: one that reads slowly holds none of its own.
  for (const part of parts) response.write(part);
  response.end();
}

function handler({ token, body, log, answerMs = ANSWER_MS }: MetricsServerParts): (request: IncomingMessage, response: ServerResponse) => void {
  const isAllowed = tokenCheck(token);
  return (request, response) => {
    request.resume();
    const late = setTimeout(() => response.destroy(), answerMs);
    response.once('close', () => clearTimeout(late));
    const { method, url = '', headers } = request;
    if (!isAllowed(headers.authorization)) refuse(response, 401, 'The token is missing or another one.', { 'www-authenticate': 'Bearer realm="weir-agent"' });
    else if (url.split('?', 1)[0] !== '/metrics') refuse(response, 404, 'There is only /metrics.');
    else if (method !== 'GET' && method !== 'HEAD') refuse(response, 405, 'There are only GET and HEAD.', { allow: 'GET, HEAD' });
    else {
      give(response, formatFor(headers.accept), body).catch((error: unknown) => {
        log.error({ err: error }, 'the metrics were not put together');
        if (response.headersSent) response.destroy();
        else refuse(response, 500, 'The metrics were not put together; the log of the agent says why.');
      });
    }
  };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Listens; resolves when the port is ours. */
export async function startMetricsServer(parts: MetricsServerParts): Promise<MetricsServer> {
  const { host, port, log } = parts;
  const server = createServer(limits, handler(parts));
  server.maxConnections = CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError(listenFailure(error, { host, port, option: '--metrics' }), { cause: error })));
    server.listen({ host, port }, resolve);
  });
  server.on('error', (error) => log.error({ err: error }, 'the listener for metrics failed'));
  return { port: (server.address() as AddressInfo).port, stop: () => stop(server) };
}
