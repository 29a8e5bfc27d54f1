// One HTTP request on a connection of its own, and its whole answer up to a bound. Redirects are answers like any other.
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Socket } from 'node:net';
import type { ProbeHeader, ProbeTls } from '@weir/model';
import { Attempt } from '../attempt/attempt.ts';
import type { Failure } from '../attempt/attempt.ts';
import { latin1, shownText, textOf } from '../attempt/bytes.ts';
import { failureOf } from '../attempt/failure-of.ts';
import { Received } from '../attempt/received.ts';
import type { ProbeTarget } from '../probes.ts';
import { abandon, connected } from './connect.ts';
import { secured } from './secure.ts';
import type { SecureContext } from 'node:tls';

export interface HttpOrder {
  readonly method: string;
  readonly path: string;
  /** Null: RIP and port. */
  readonly host: string | null;
  readonly headers: readonly ProbeHeader[];
  readonly tls: { readonly tls: ProbeTls; readonly context: SecureContext } | null;
}

export interface Heard {
  readonly status: number;
  readonly body: Received;
}

const LONGEST_HEADERS = 16_384;
/** Their values are nobody's to see, whoever wrote them. */
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);
const SECRET = '•••';

function isSecret({ name, secret }: Pick<ProbeHeader, 'name' | 'secret'>): boolean {
  return secret || SECRET_HEADERS.has(name.toLowerCase());
}

/** The value, and what stands behind its first word: a server may show `Bearer TOKEN` as TOKEN. */
function secretsOf(headers: readonly ProbeHeader[]): string[] {
  return headers.filter(isSecret)
    .flatMap(({ value }) => [value.trim(), value.trim().replace(/^\S+\s+/, '')])
    .filter((value) => value !== '').toSorted((one, other) => other.length - one.length);
}

function headersOf({ method, host, headers }: HttpOrder, { rip, port }: ProbeTarget): ProbeHeader[] {
  const defaults = { Host: host ?? `${isIPv6(rip) ? `[${rip}]` : rip}:${port}`, 'User-Agent': 'weir-agent', Accept: '*/*', ...(method === 'POST' && { 'Content-Length': '0' }) };
  const given = new Set(headers.map(({ name }) => name.toLowerCase()));
  return [
    ...Object.entries(defaults).filter(([name]) => !given.has(name.toLowerCase())).map(([name, value]) => ({ name, value, secret: false })),
    ...headers,
  ];
}

function shownRequest({ method, path }: HttpOrder, headers: readonly ProbeHeader[], secrets: readonly string[]): string {
  const lines = headers.map((header) => `${header.name}: ${isSecret(header) ? SECRET : header.value}`);
  return shownText([`${method} ${path} HTTP/1.1`, ...lines].join('\n'), secrets);
}

function shownResponse(response: IncomingMessage, body: Received, secrets: readonly string[]): string {
  const raw = response.rawHeaders;
  const lines = raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${isSecret({ name, secret: false }) ? SECRET : raw[at + 1] ?? ''}`] : []));
  const head = [`HTTP/${response.httpVersion} ${response.statusCode ?? 0} ${response.statusMessage ?? ''}`, ...lines].join('\n');
  return shownText(body.length === 0 ? head : `${head}\n\n${textOf(body.bytes)}`, secrets);
}

function requestFailure(error: Error): Failure {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'HPE_HEADER_OVERFLOW') return { failure: 'tooMuchReceived', detail: `more than ${LONGEST_HEADERS} bytes of headers` };
  // The end of the connection in the middle of a message.
  if (code === 'HPE_INVALID_EOF_STATE') return { failure: 'closed' };
  if (code.startsWith('HPE_')) return { failure: 'badAnswer', detail: error.message };
  return failureOf(error);
}

interface Asking {
  readonly attempt: Attempt;
  readonly order: HttpOrder;
  readonly headers: readonly ProbeHeader[];
  readonly secrets: readonly string[];
  readonly heard: (heard: Heard) => void;
}

function hear({ attempt, secrets, heard }: Asking, response: IncomingMessage): void {
  const body = new Received();
  const whole = { status: response.statusCode ?? 0, body };
  attempt.received = () => shownResponse(response, body, secrets);
  const judge = attempt.guard(() => heard(whole));
  response.on('data', attempt.guard((chunk: Buffer) => {
    if (!body.add(chunk)) heard(whole);
  }));
  response.once('end', judge);
}

function send(asking: Asking, socket: Socket): ClientRequest {
  const { attempt, order, headers } = asking;
  const sending = request({
    createConnection: () => socket, method: order.method, path: order.path, setHost: false, maxHeaderSize: LONGEST_HEADERS,
    headers: headers.flatMap(({ name, value }) => [name, latin1(Buffer.from(value))]),
  });
  const failed = (error: Error): void => attempt.fail(requestFailure(error));
  sending.once('response', attempt.guard((response: IncomingMessage) => {
    response.on('error', failed);
    hear(asking, response);
  }));
  sending.once('upgrade', attempt.guard((response: IncomingMessage) => {
    hear(asking, response);
    asking.heard({ status: response.statusCode ?? 0, body: new Received() });
  }));
  sending.on('error', failed);
  sending.end();
  return sending;
}

/** `heard` is told once: of the whole answer, or of as much as is kept. */
export function askHttp(attempt: Attempt, target: ProbeTarget, order: HttpOrder, heard: (heard: Heard) => void): void {
  const headers = headersOf(order, target);
  const secrets = secretsOf(order.headers);
  attempt.sent = shownRequest(order, headers, secrets);
  const asking: Asking = { attempt, order, headers, secrets, heard };
  connected(attempt, target, (socket) => {
    const begin = (inside: Socket): void => {
      const sending = send(asking, inside);
      attempt.atEnd(() => {
        if (order.tls === null) abandon(socket);
        sending.destroy();
      });
    };
    if (order.tls === null) begin(socket);
    else secured(attempt, socket, { ...order.tls, rip: target.rip, nowMs: Date.now() }, begin);
  });
}
