// Takes what a web hook is sent, and answers as it is told.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly answered: number;
}

export interface HookReceiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** From now on. */
  readonly answer: (status: number) => void;
  readonly close: () => Promise<void>;
}

export async function startHookReceiver(): Promise<HookReceiver> {
  const received: Received[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => { body += text; }).once('end', () => {
      received.push({ headers: request.headers, body, answered: status });
      response.writeHead(status).end(status === 200 ? '' : 'out of order');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver listens nowhere');
  return {
    url: `http://127.0.0.1:${address.port}/hook`, received,
    answer: (next) => { status = next; },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
