// What goes through the proxy comes out of it, whole, in both directions, and is counted.
import { endpointKey } from '@weir/model';
import { createCipheriv, createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { echo, ProxyLab, until } from './lab.ts';
import type { TestClient } from './lab.ts';

const vip = '127.0.41.200';
const dip = '127.0.41.10';
const [rip1, rip2] = ['127.0.41.20', '127.0.41.30'];
const mebibyte = 1_048_576;
let lab: ProxyLab;

afterEach(() => lab.close());

/** The same bytes for the same seed, which no mistake in order or length leaves as they are. */
function* bytes(seed: number, length: number): Generator<Buffer> {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  for (let left = length; left > 0; left -= 100_000) yield cipher.update(Buffer.alloc(Math.min(left, 100_000)));
}

function digestOf(chunks: Iterable<Buffer>): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

/** Hashes what a socket reads until its end. */
function received(socket: Socket): Promise<{ length: number; digest: string }> {
  const hash = createHash('sha256');
  let length = 0;
  socket.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    length += chunk.length;
  });
  return new Promise((resolve, reject) => {
    socket.once('end', () => resolve({ length, digest: hash.digest('hex') }));
    socket.once('error', reject);
  });
}

describe('forwarding', () => {
  test('50 MB each way at the same time arrive byte for byte and are counted', async () => {
    lab = await ProxyLab.open(vip);
    const size = 50_000_000;
    let atServer: ReturnType<typeof received> | undefined;
    const { endpoint } = await lab.serve(rip1, (socket) => {
      atServer = received(socket);
      Readable.from(bytes(2, size)).pipe(socket);
    });
    await lab.add(endpoint);
    const client = lab.client({ quiet: true });
    const atClient = received(client.socket);
    Readable.from(bytes(1, size)).pipe(client.socket);
    expect(await atClient).toEqual({ length: size, digest: digestOf(bytes(2, size)) });
    expect(await atServer).toEqual({ length: size, digest: digestOf(bytes(1, size)) });
    const { counters, service } = await lab.look(endpoint);
    expect(counters).toMatchObject({ connections: 1n, bytesIn: 50_000_000n, bytesOut: 50_000_000n, packetsIn: 'userSpace', packetsOut: 'userSpace' });
    expect(service.counters).toEqual(counters);
  });

  test('the client may end its half first and still gets the whole answer', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint } = await lab.serve(rip1, (socket) => {
      let question = '';
      socket.on('data', (chunk: Buffer) => { question += chunk.toString(); });
      socket.on('end', () => socket.end(`answer to ${question}`));
    });
    await lab.add(endpoint);
    const client = lab.client();
    client.socket.end('question');
    expect(await client.over()).toBe('ended');
    expect(client.text).toBe('answer to question');
  });

  test('the real server may end its half first and still gets the rest', async () => {
    lab = await ProxyLab.open(vip);
    let rest = '';
    const { endpoint } = await lab.serve(rip1, (socket) => {
      socket.end('that was all');
      socket.on('data', (chunk: Buffer) => { rest += chunk.toString(); });
    });
    await lab.add(endpoint);
    const client = lab.client();
    expect(await client.over()).toBe('ended');
    expect((await lab.look(endpoint)).connections).toEqual({ active: 0, inactive: 1, persistent: 0 });
    expect((await lab.proxy.connections(10)).entries).toMatchObject([{ state: 'FIN_WAIT' }]);
    client.socket.end('one thing more');
    await until('the rest arrived', () => rest === 'one thing more');
    await until('the connection is gone', async () => (await lab.proxy.connections(10)).total === 0);
    expect((await lab.look(endpoint)).connections).toEqual({ active: 0, inactive: 0, persistent: 0 });
  });

  test('a client that does not read stops the real server, in bounded memory, and then gets all', async () => {
    lab = await ProxyLab.open(vip);
    const size = 96 * mebibyte;
    let sender: Socket | undefined;
    const { endpoint } = await lab.serve(rip1, (socket) => {
      sender = socket;
      Readable.from(bytes(3, size), { highWaterMark: 1 }).pipe(socket);
    });
    await lab.add(endpoint);
    const client = lab.client({ quiet: true });
    let before = -1;
    await until('the real server is stopped', async () => {
      const { counters } = await lab.look(endpoint);
      const stopped = counters.bytesOut === BigInt(before) && before > 0;
      before = Number(counters.bytesOut);
      if (!stopped) await new Promise((resolve) => { setTimeout(resolve, 100); });
      return stopped;
    });
    // What the kernel's socket buffers hold (tcp_wmem and tcp_rmem: 4 and 6 MiB) and two buffers of the proxy; the rest waits at its source.
    expect(before).toBeLessThan(16 * mebibyte);
    expect(sender?.bytesWritten ?? size).toBeLessThan(32 * mebibyte);
    expect(await received(client.socket)).toEqual({ length: size, digest: digestOf(bytes(3, size)) });
  });

  test('1,000 connections at once are shared in turn', async () => {
    lab = await ProxyLab.open(vip);
    const [one, two] = [await lab.serve(rip1), await lab.serve(rip2)];
    await lab.add(one.endpoint, { method: { kind: 'proxied', source: dip } });
    await lab.add(two.endpoint, { method: { kind: 'proxied', source: dip } });
    const clients: TestClient[] = Array.from({ length: 1_000 }, () => lab.client());
    await until('all are served', () => clients.every(({ text }) => text.includes('\n')), 15_000);
    expect([one.accepted.length, two.accepted.length]).toEqual([500, 500]);
    expect((await lab.look(one.endpoint)).connections.active).toBe(500);
    expect((await lab.proxy.connections(10_000)).entries).toHaveLength(1_000);
    for (const { socket } of clients) socket.write('ping');
    await until('all are answered', () => clients.every(({ text }) => text.endsWith('ping')), 15_000);
    for (const { socket } of clients) socket.end();
    await until('all are gone', async () => (await lab.proxy.connections(1)).total === 0, 15_000);
    const { service, counters } = await lab.look(two.endpoint);
    expect([service.counters.connections, counters.connections, service.counters.bytesIn]).toEqual([1_000n, 500n, 4_000n]);
  }, 60_000);

  test('weights of wrr become shares', async () => {
    lab = await ProxyLab.open(vip, {}, { scheduler: { name: 'wrr' } });
    const [one, two] = [await lab.serve(rip1), await lab.serve(rip2)];
    await lab.add(one.endpoint, { weight: 3 });
    await lab.add(two.endpoint, { weight: 1 });
    for (let count = 0; count < 16; count += 1) await lab.client().servedBy();
    expect([one.accepted.length, two.accepted.length]).toEqual([12, 4]);
  });

  test('the connection table names all four ends and the state', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint, accepted } = await lab.serve(rip1);
    await lab.add(endpoint, { method: { kind: 'proxied', source: dip } });
    const client = lab.client();
    expect(await client.servedBy()).toBe(endpointKey(endpoint));
    const { entries, total } = await lab.proxy.connections(10);
    expect(total).toBe(1);
    expect(entries).toEqual([{
      protocol: 'tcp', state: 'ESTABLISHED', expiresInMs: expect.any(Number),
      cip: client.socket.localAddress, clientPort: client.socket.localPort, vip, virtualPort: lab.service.port,
      dip, directorPort: accepted[0]?.remotePort, rip: rip1, realPort: endpoint.port, mark: null, origin: 'local', template: false,
    }]);
    expect(accepted[0]?.remoteAddress).toBe(dip);
    expect(entries[0]?.expiresInMs).toBeGreaterThan(890_000);
  });

  test('an IPv6 VIP forwards to IPv6 and IPv4 real servers', async () => {
    lab = await ProxyLab.open('::1');
    const [six, four] = [await lab.serve('::1'), await lab.serve(rip1, echo)];
    await lab.add(six.endpoint);
    await lab.add(four.endpoint);
    expect([await lab.client().servedBy(), await lab.client().servedBy()]).toEqual([six.key, four.key]);
    expect((await lab.proxy.connections(1)).entries).toMatchObject([{ cip: '::1', vip: '::1', dip: '::1', rip: '::1' }]);
  });
});
