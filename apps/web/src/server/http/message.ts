// Reading requests and writing JSON answers, outside tRPC.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerFor, httpStatusOf } from './error-answer.ts';
import { PanelError } from '../errors.ts';

export function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}

/** Behind a proxy (which appends it) the last address it names; else the other end of the connection. */
export function clientAddress(request: IncomingMessage, behindProxy: boolean): string {
  const forwarded = behindProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim() : undefined;
  const address = forwarded === undefined || forwarded === '' ? (request.socket.remoteAddress ?? 'unknown') : forwarded.slice(0, 60);
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');
}

export async function readJson(request: IncomingMessage, bytesMax: number): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new PanelError('badInput');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new PanelError('badInput');
    bytes += chunk.length;
    if (bytes > bytesMax) throw new PanelError('tooLarge');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw new PanelError('badInput', {}, error);
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify(body));
}

export function sendError(response: ServerResponse, error: unknown): void {
  const answer = answerFor(error);
  // What of the body was not read would be taken for the next request.
  if (answer.code === 'tooLarge') response.setHeader('connection', 'close');
  if (answer.code === 'tooManyAttempts') response.setHeader('retry-after', String(answer.params['retryAfterSeconds'] ?? 60));
  sendJson(response, httpStatusOf(answer.code), { error: answer });
}
