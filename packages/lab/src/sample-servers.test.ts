// The sample real servers on real sockets: they name themselves, and count exactly what they served.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { formatEndpoint, parseEndpoint, type Endpoint } from './address.ts';
import { startHttpServer } from './http-server.ts';
import type { SampleServer } from './sample-server.ts';
import { startTcpEchoServer } from './tcp-echo-server.ts';
import { startUdpEchoServer } from './udp-echo-server.ts';

const running: SampleServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function start(make: (endpoint: Endpoint) => Promise<SampleServer>, address = '127.0.8.20'): Promise<SampleServer> {
  const server = await make({ address, port: 0 });
  running.push(server);
  return server;
}

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
}

function get({ endpoint }: SampleServer, path = '/', agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: endpoint.address, port: endpoint.port, path, agent: agent ?? false, localAddress: '127.0.8.10' }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.once('end', () => resolve({ status: response.statusCode, text }));
    });
    call.once('error', reject);
    call.end();
  });
}

async function everything(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('names itself over HTTP, numbers its connections and says how the request reached it', async () => {
  const server = await start(startHttpServer);
  await get(server);
  const { text } = await get(server, '/second');
  expect(text).toMatch(/^real server 127\.0\.8\.20, connection 2\nrequest 2: GET \/second for host 127\.0\.8\.20:\d+\nreached 127\.0\.8\.20:\d+ from 127\.0\.8\.10:\d+\n$/);
});

it.each(['//', '//?bytes=1', '*', '/%', 'http://[', '/?%'])('answers the odd path %s, and lives', async (path) => {
  const server = await start(startHttpServer);
  const socket = connect(server.endpoint.port, server.endpoint.address);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(await everything(socket)).toMatch(/^HTTP\/1\.1 (?:200|400) /);
  expect((await get(server)).status).toBe(200);
});

it('counts HTTP connections and requests apart, and every byte of both directions', async () => {
  const server = await start(startHttpServer);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await get(server, '/', agent);
  await get(server, '/?bytes=50000', agent);
  expect(server.counts()).toMatchObject({ connections: 1n, activeConnections: 1, requests: 2n });
  agent.destroy();
  await expect.poll(() => server.counts().activeConnections).toBe(0);
  const before = server.counts();
  const socket = connect(server.endpoint.port, server.endpoint.address);
  const sent = 'GET /?bytes=123456 HTTP/1.1\r\nHost: sample\r\nConnection: close\r\n\r\n';
  socket.end(sent);
  const received = await everything(socket);
  await expect.poll(() => server.counts().activeConnections).toBe(0);
  expect(server.counts().connections).toBe(2n);
  expect(server.counts().bytesIn - before.bytesIn).toBe(BigInt(sent.length));
  expect(server.counts().bytesOut - before.bytesOut).toBe(BigInt(received.length));
});

it('spreads an answer over the wished time and keeps the connection active meanwhile', async () => {
  const server = await start(startHttpServer);
  const answer = get(server, '/?bytes=3000&seconds=1');
  await expect.poll(() => server.counts().activeConnections).toBe(1);
  const { text } = await answer;
  expect(text.split('\n').at(-1)).toHaveLength(3000);
});

it.each([
  ['/?bytes=-1', 'bytes'],
  ['/?bytes=99999999999', 'bytes'],
  ['/?seconds=3600', 'seconds'],
  ['/?colour=red', 'colour'],
])('answers 400 to %s and names %s', async (path, field) => {
  const { status, text } = await get(await start(startHttpServer), path);
  expect(status).toBe(400);
  expect(text).toContain(field);
});

it('echoes over TCP behind a line that names it, also after the client has ended its half', async () => {
  const server = await start(startTcpEchoServer, '127.0.8.30');
  const socket = connect(server.endpoint.port, server.endpoint.address);
  const payload = 'x'.repeat(1_000_000);
  socket.end(payload);
  const text = await everything(socket);
  const greeting = 'real server 127.0.8.30, connection 1\n';
  expect(text).toBe(greeting + payload);
  await expect.poll(() => server.counts()).toEqual({
    connections: 1n,
    activeConnections: 0,
    requests: null,
    bytesIn: 1_000_000n,
    bytesOut: BigInt(greeting.length + payload.length),
  });
});

it('counts a connection that is reset, and goes on serving', async () => {
  const server = await start(startTcpEchoServer);
  const socket = connect(server.endpoint.port, server.endpoint.address);
  await once(socket, 'data');
  socket.resetAndDestroy();
  await expect.poll(() => server.counts().activeConnections).toBe(0);
  const next = connect(server.endpoint.port, server.endpoint.address);
  next.end();
  expect(await everything(next)).toContain('connection 2');
});

it('answers a datagram with its name and the number of the datagram', async () => {
  const server = await start(startUdpEchoServer);
  const socket = createSocket('udp4');
  const replies: string[] = [];
  socket.on('message', (message) => replies.push(message.toString()));
  socket.send('one', server.endpoint.port, server.endpoint.address);
  await expect.poll(() => replies).toEqual(['real server 127.0.8.20, datagram 1\none']);
  expect(server.counts()).toEqual({ connections: null, activeConnections: null, requests: 1n, bytesIn: 3n, bytesOut: 38n });
  socket.close();
});

it('says in one sentence that its port is in use', async () => {
  const { endpoint } = await start(startHttpServer);
  const where = formatEndpoint(endpoint);
  await expect(startTcpEchoServer(endpoint)).rejects.toThrow(`The sample real server ${where} (tcp-echo) cannot start: the port is in use.`);
});

it('says that an address is not on this host, for datagrams too', async () => {
  const endpoint = { address: '192.0.2.1', port: 8082 };
  await expect(startHttpServer(endpoint)).rejects.toThrow(/192\.0\.2\.1:8082 \(http\) cannot start: the address is not on this host/);
  await expect(startUdpEchoServer(endpoint)).rejects.toThrow(/192\.0\.2\.1:8082 \(udp-echo\) cannot start: the address is not on this host/);
});

it.each(['127.0.8.20', '127.0.8.20:0', '127.0.8.20:65536', 'host:80', '::1:80', ''])('does not take "%s" for ADDRESS:PORT', (text) => {
  expect(() => parseEndpoint(text)).toThrow(/is not ADDRESS:PORT/);
});

it('reads and writes IPv6 endpoints in brackets', () => {
  expect(formatEndpoint(parseEndpoint('[::1]:8080'))).toBe('[::1]:8080');
});
