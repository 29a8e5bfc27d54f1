// The lab's control door: JSON over HTTP on a unix socket that only this user can reach.
import { chmod, lstat, mkdir, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { loadOrderSchema, type LoadMaker } from './load.ts';
import type { SampleServer } from './sample-server.ts';

export class ControlError extends Error {
  override readonly name = 'ControlError';
}

export interface ControlServer {
  stop(): Promise<void>;
}

interface Lab {
  readonly servers: readonly SampleServer[];
  readonly load: LoadMaker;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const bodyLimitBytes = 16_384;
const requestDeadlineMs = 5000;

export async function startControlServer(socketPath: string, lab: Lab): Promise<ControlServer> {
  await makePrivateFolder(path.dirname(socketPath));
  await removeStaleSocket(socketPath);
  const server = createServer({ requestTimeout: requestDeadlineMs }, (request, response) => {
    void respond(request, lab).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, refusal(400, 'unreadable', error instanceof Error ? error.message : String(error))),
    );
  });
  await listen(server, socketPath);
  await chmod(socketPath, 0o600);
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(request: IncomingMessage, lab: Lab): Promise<Answer> {
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'GET /servers':
      return { status: 200, body: { servers: lab.servers.map((server) => ({ ...server, counts: server.counts() })) } };
    case 'GET /load':
      return { status: 200, body: lab.load.state() };
    case 'PUT /load':
      return orderLoad(await readBody(request), lab.load);
    default:
      return refusal(404, 'unknownRoute', 'The routes are GET /servers, GET /load and PUT /load.');
  }
}

function orderLoad(text: string, load: LoadMaker): Answer {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refusal(400, 'notJson', 'The body is not JSON.');
  }
  const order = loadOrderSchema.safeParse(body);
  if (order.success) return { status: 200, body: load.order(order.data) };
  const [issue] = order.error.issues;
  return refusal(400, 'invalid', z.prettifyError(order.error), issue?.path.join('.'));
}

function refusal(status: number, code: string, message: string, field?: string): Answer {
  return { status, body: { error: { code, message, field: field ?? null } } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) throw new Error(`The body is longer than ${bodyLimitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  // JSON has no bigint; counters travel as decimal strings.
  response.end(JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)));
}

async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode } = await stat(folder);
  if ((mode & 0o077) !== 0) throw new ControlError(`The folder ${folder} is open to other users: chmod 700 it, or give another socket path.`);
}

async function removeStaleSocket(socketPath: string): Promise<void> {
  const found = await lstat(socketPath).catch(() => undefined);
  if (!found) return;
  if (!found.isSocket()) throw new ControlError(`${socketPath} exists and is no socket: give another path.`);
  if (await answers(socketPath)) throw new ControlError(`Another lab answers at ${socketPath}: stop it first.`);
  await rm(socketPath);
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function listen(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: Error) => reject(new ControlError(`The lab cannot listen at ${socketPath}: ${cause.message}.`, { cause })));
    server.listen(socketPath, resolve);
  });
}
