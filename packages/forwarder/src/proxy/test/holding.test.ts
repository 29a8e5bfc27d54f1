// Who is slow, or greedy, holds nothing but its own connections; a process with few descriptors refuses and lives.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { echo, freePort, ProxyLab, startServer, TestClient, until } from './lab.ts';

const vip = '127.0.50.200';
const [rip1, rip2] = ['127.0.50.20', '127.0.50.30'];
let lab: ProxyLab | null = null;
let child: ChildProcess | null = null;

afterEach(async () => {
  await lab?.close();
  child?.kill('SIGKILL');
  [lab, child] = [null, null];
});

/** Sends without end, as fast as it is taken. */
function flood(socket: Socket): void {
  const chunk = Buffer.alloc(65_536);
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

/** Sends a byte at a time. */
function drip(socket: Socket): void {
  socket.write(Buffer.from('slow\n'));
  const timer = setInterval(() => socket.write('.'), 5);
  socket.on('close', () => clearInterval(timer));
}

test('a hundred clients that do not read, of real servers that flood or drip, hold nobody else', async () => {
  lab = await ProxyLab.open(vip, { idleDeadlineMs: 60_000 });
  const [fast, slow] = [await lab.serve(rip1), await lab.serve(rip2, (socket) => (slow.accepted.length % 2 === 0 ? flood : drip)(socket))];
  await lab.add(slow.endpoint);
  const held = Array.from({ length: 100 }, () => lab?.client({ quiet: true }));
  await until('all hold a connection', () => slow.accepted.length === 100);
  await lab.set(slow.endpoint, { weight: 0 });
  await lab.add(fast.endpoint);
  const client = lab.client();
  await client.servedBy();
  // Held up, not one of them would be answered before the test's deadline.
  for (let count = 0; count < 50; count += 1) await client.exchange();
  expect((await lab.look(slow.endpoint)).connections.active).toBe(100);
  expect(held.filter((one) => one?.ending !== null)).toEqual([]);
});

test('dripping is not silence', async () => {
  lab = await ProxyLab.open(vip, { idleDeadlineMs: 100 });
  const { endpoint } = await lab.serve(rip1, drip);
  await lab.add(endpoint);
  const client = lab.client();
  await until('it was dripped on for five idle deadlines', () => client.text.length > 100);
  expect(client.ending).toBeNull();
});

test('a process that may open 400 descriptors takes 72 connections, resets others and goes on', async () => {
  const real = await startServer(rip1, echo);
  const port = await freePort(vip);
  const program = fileURLToPath(new URL('./limited-process.ts', import.meta.url));
  const order = [process.execPath, '--import', 'tsx', program, vip, String(port), rip1, String(real.endpoint.port)];
  child = spawn('sh', ['-c', 'ulimit -n 400 && exec "$@"', 'sh', ...order], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [limits] = await once(child, 'message');
  expect(limits).toEqual({ maxConnections: 72, loweredBy: 'descriptors' });
  const service = { kind: 'address', protocol: 'tcp', vip, port } as const;
  // A service has its part: half of all.
  const clients = Array.from({ length: 200 }, () => new TestClient(service));
  await until('each is served or reset', () => clients.every(({ text, ending }) => text.includes('\n') || ending === 'ECONNRESET'), 10_000);
  const served = clients.filter(({ text }) => text.includes('\n'));
  expect(served).toHaveLength(36);
  await served[0]?.exchange();
  for (const { socket } of clients) socket.destroy();
  await until('it takes clients again', async () => {
    const again = new TestClient(service);
    await until('served or reset', () => again.text.includes('\n') || again.ending !== null);
    again.socket.destroy();
    return again.text.includes('\n');
  });
  await real.stop();
}, 30_000);
