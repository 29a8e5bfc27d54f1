// A receiver of web hooks for tests: real HTTP on loopback, answering as the test says.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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

export async function startWebHookReceiver(port = 0): Promise<WebHookReceiver> {
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
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  const receiver: WebHookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (response) => { response.end('thanks'); },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
  return receiver;
}
