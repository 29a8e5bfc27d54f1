// The listening socket of one VIP and port.
import type { ServiceAddress } from '@weir/model';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { ProxyTuning } from '../tuning.ts';

type Address = Extract<ServiceAddress, { kind: 'address' }>;

/** Rejects with the system's error where the address cannot be had. */
export function listen(
  { vip, port }: Address, { backlog, bufferBytes }: ProxyTuning, accept: (client: Socket) => void,
): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, noDelay: true, highWaterMark: bufferBytes }, accept);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: vip, port, backlog, exclusive: true, ipv6Only: true }, () => {
      server.removeListener('error', reject);
      // A single accept that fails (no descriptor left) ends neither the listener nor anybody's connection.
      server.on('error', () => {});
      resolve(server);
    });
  });
}
