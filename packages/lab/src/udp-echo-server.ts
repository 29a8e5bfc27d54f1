// The sample UDP real server: each datagram comes back behind a line that names the server and numbers the datagram.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Endpoint } from './address.ts';
import { cannotListen, type SampleServer } from './sample-server.ts';

export async function startUdpEchoServer(endpoint: Endpoint, name: string = endpoint.address): Promise<SampleServer> {
  let [datagrams, bytesIn, bytesOut] = [0n, 0n, 0n];
  const socket = createSocket(isIPv6(endpoint.address) ? 'udp6' : 'udp4');
  socket.on('message', (message, from) => {
    datagrams += 1n;
    bytesIn += BigInt(message.length);
    const reply = Buffer.concat([Buffer.from(`real server ${name}, datagram ${datagrams}\n`), message]);
    // A reply that cannot be sent (too long with its first line, client gone) is lost, as datagrams are.
    socket.send(reply, from.port, from.address, (error, sentBytes) => {
      if (!error) bytesOut += BigInt(sentBytes);
    });
  });
  socket.bind(endpoint.port, endpoint.address);
  await once(socket, 'listening').catch((cause: unknown) => {
    throw cannotListen('udp-echo', endpoint, cause);
  });
  socket.on('error', () => undefined);
  return {
    name,
    protocol: 'udp-echo',
    endpoint: { address: endpoint.address, port: socket.address().port },
    counts: () => ({ connections: null, activeConnections: null, requests: datagrams, bytesIn, bytesOut }),
    stop: () => new Promise((resolve) => void socket.close(() => resolve())),
  };
}
