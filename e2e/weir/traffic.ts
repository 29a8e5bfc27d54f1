// A client of a virtual service over plain sockets, and the sample real servers' own counts: the witnesses of the journeys.
import { request, type IncomingMessage } from 'node:http';
import { connectLab, formatEndpoint } from '@weir/lab';
import { running } from './running.ts';

const serverPattern = /^real server (\S+),/;

/** One HTTP request over a connection of its own; gives the name of the real server that answered. */
export function ask(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ host, port, agent: false, timeout: 5_000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => { body += text; }).once('error', reject)
        .once('end', () => resolve(serverPattern.exec(body)?.[1] ?? `no real server, but: ${body}`));
    });
    call.once('timeout', () => call.destroy(new Error('no answer in 5 s'))).once('error', reject).end();
  });
}

/** One after the other. */
export async function askTimes(times: number, host: string, port: number): Promise<string[]> {
  const answers: string[] = [];
  for (let n = 0; n < times; n += 1) answers.push(await ask(host, port));
  return answers;
}

export function shares(answers: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const server of answers) counted[server] = (counted[server] ?? 0) + 1;
  return counted;
}

/** A connection whose answer takes up to a minute: open as long as bytes come. */
export interface OpenConnection {
  readonly server: string;
  readonly received: () => number;
  readonly broken: () => Error | null;
  readonly close: () => void;
}

export async function open(host: string, port: number): Promise<OpenConnection> {
  let failure: Error | null = null;
  let closed = false;
  const call = request({ host, port, agent: false, path: '/?bytes=6000&seconds=60' });
  const fail = (error: Error): void => {
    if (!closed) failure = error;
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    call.once('response', resolve).once('error', reject).end();
  });
  call.on('error', fail);
  let received = 0;
  response.on('data', (part: Buffer) => { received += part.length; }).once('aborted', () => fail(new Error('aborted')))
    .on('error', fail).once('end', () => fail(new Error('ended')));
  return {
    server: String(response.headers['x-real-server']),
    received: () => received,
    broken: () => failure,
    close: () => {
      closed = true;
      call.destroy();
    },
  };
}

/** Connections that each HTTP sample real server has accepted, by its address. */
export async function served(): Promise<Map<string, bigint>> {
  const servers = await connectLab(running().labSocket).servers();
  return new Map(servers.filter(({ protocol }) => protocol === 'http').map(({ endpoint, counts }) => (
    [formatEndpoint(endpoint), counts.connections ?? 0n])));
}

/** What each sample real server has accepted since `before`. */
export async function servedSince(before: ReadonlyMap<string, bigint>): Promise<Record<string, bigint>> {
  return Object.fromEntries([...await served()].map(([address, count]) => [address, count - (before.get(address) ?? 0n)]));
}
