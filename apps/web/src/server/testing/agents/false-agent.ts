// An agent that is not one of ours: answers over real TLS whatever a test tells it to.
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ProxyForwarder } from '@weir/forwarder';
import { formatEnrolmentCode, PROTOCOL_VERSION } from '@weir/protocol';
import { openDataFolder } from '../../data-folder.ts';
import { openPanelKey } from '../../gateway/panel-key.ts';

export type Answering = (response: ServerResponse, request: IncomingMessage) => unknown;

export interface FalseAgent {
  readonly address: string;
  readonly keyHash: string;
  readonly code: string;
  /** What was asked, in order. */
  readonly asked: string[];
  /** By procedure; what is left out is answered as our agent would. */
  readonly answers: Record<string, Answering>;
  readonly stop: () => Promise<void>;
}

export function result(response: ServerResponse, data: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ result: { data } }));
}

const { capabilities } = new ProxyForwarder();

export function helloOf(directorId: string): Record<string, unknown> {
  return { version: PROTOCOL_VERSION, agentVersion: '0', hostname: 'false', directorId, bootId: 'boot', startedAtMs: 1, capabilities, health: null };
}

/** Says nothing and holds the connection. */
export const hang: Answering = () => undefined;

/** As long as our agent's. */
const keepAliveTimeout = 30_000;

export async function startFalseAgent(answers: Record<string, Answering> = {}, port = 0): Promise<FalseAgent> {
  const dir = await mkdtemp(path.join(tmpdir(), 'weir-false-'));
  const { keyPem, certificatePem, hash } = await openPanelKey(await openDataFolder(dir), new Date());
  await rm(dir, { recursive: true });
  const asked: string[] = [];
  let directorId = 'unknown';
  const usual: Record<string, Answering> = {
    enrol: async (response, request) => {
      directorId = String((JSON.parse(await bodyOf(request)) as { directorId: unknown }).directorId);
      result(response, helloOf(directorId));
    },
    hello: (response) => result(response, helloOf(directorId)),
    stream: (response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write('event: connected\ndata: {}\n\n');
    },
  };
  const server = createServer({ key: keyPem, cert: certificatePem, requestCert: true, rejectUnauthorized: false, keepAliveTimeout }, (request, response) => {
    const procedure = new URL(request.url ?? '/', 'https://agent').pathname.slice(1);
    asked.push(procedure);
    const answer = answers[procedure] ?? usual[procedure];
    if (answer === undefined) response.writeHead(404).end();
    else void answer(response, request);
  });
  await new Promise<void>((resolve) => {
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address, keyHash: hash, asked, answers,
    code: formatEnrolmentCode({ address, keyHash: hash, secret: '00'.repeat(16) }),
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
