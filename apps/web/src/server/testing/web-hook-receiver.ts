// A receiver of web hooks for tests: real HTTP on loopback, answering as the test says.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ownAddress } from './directors.ts';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebHookReceiver {
  readonly url: string;
  readonly received: Received[];
  answer: (response: ServerResponse) => void;
  readonly close: () => Promise<void>;
}

/** On an address that nobody else has: its port stays free while it is down. `again`: where one was before. */
export async function startWebHookReceiver(again?: string): Promise<WebHookReceiver> {
  const { hostname, port } = again === undefined ? { hostname: ownAddress(), port: '0' } : new URL(again);
  const received: Received[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      received.push({ path: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(parts).toString() });
      receiver.answer(response);
    });
    response.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => { server.listen(Number(port), hostname, resolve); });
  const receiver: WebHookReceiver = {
    url: `http://${hostname}:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (response) => { response.end('thanks'); },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
  return receiver;
}
