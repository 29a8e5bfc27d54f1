// The sample TCP real server: one line that names it, then everything back as it came.
import { createServer } from 'node:net';
import type { Endpoint } from './address.ts';
import { closeServer, ConnectionCounter, listen, type SampleServer } from './sample-server.ts';

const maxConnections = 10_000;
const idleDeadlineMs = 300_000;

export async function startTcpEchoServer(endpoint: Endpoint, name: string = endpoint.address): Promise<SampleServer> {
  const connections = new ConnectionCounter();
  // Half-open: what came before the client's end is still sent back.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const number = connections.accept(socket);
    socket.setTimeout(idleDeadlineMs, () => socket.destroy());
    // A client that resets its connection is its own affair; the close is counted.
    socket.on('error', () => socket.destroy());
    socket.write(`real server ${name}, connection ${number}\n`);
    socket.pipe(socket);
  });
  server.maxConnections = maxConnections;
  const bound = await listen(server, 'tcp-echo', endpoint);
  return {
    name,
    protocol: 'tcp-echo',
    endpoint: bound,
    counts: () => connections.counts(null),
    stop: () => closeServer(server, connections),
  };
}
