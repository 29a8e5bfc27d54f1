// What the proxy costs beside a bare node:net pipe: `npx tsx packages/forwarder/bench/proxy.ts`. Prints a table; CPU is that of the process under test.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

const vip = '127.0.47.200';
const dip = '127.0.47.10';
const rip = '127.0.47.20';
const rounds = 3;
const shortConnections = 4_000;
const inFlight = 32;
const streams = 4;
const streamBytes = 256 * 1_048_576;

interface Usage { readonly cpuSeconds: number; readonly residentMebibytes: number }
interface Row { readonly perSecond: number; readonly perCpuSecond: number; readonly residentMebibytes: number }

async function listen(host: string, serve: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => serve(socket.on('error', () => {})));
  server.listen({ host, port: 0, backlog: 4_096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return { server, port: address.port };
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send('usage');
  const [usage] = await once(child, 'message') as [Usage];
  return usage;
}

async function measure(mode: string, source: string, serve: (socket: Socket) => void, load: (port: number) => Promise<number>): Promise<Row> {
  const real = await listen(rip, serve);
  const free = await listen(vip, () => {});
  free.server.close();
  await once(free.server, 'close');
  const child = fork(fileURLToPath(new URL('./subject.ts', import.meta.url)), [mode, vip, String(free.port), rip, String(real.port), source]);
  await once(child, 'message');
  const before = await usageOf(child);
  const startedAtMs = performance.now();
  const done = await load(free.port);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const after = await usageOf(child);
  child.kill();
  await once(child, 'exit');
  real.server.close();
  return { perSecond: done / seconds, perCpuSecond: done / (after.cpuSeconds - before.cpuSeconds), residentMebibytes: after.residentMebibytes };
}

function exchange(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: vip, port, allowHalfOpen: true, noDelay: true });
    socket.on('error', reject).on('close', () => resolve()).resume();
    socket.end('a request');
  });
}

async function exchanges(port: number): Promise<number> {
  await Promise.all(Array.from({ length: inFlight }, async () => {
    for (let count = 0; count < shortConnections / inFlight; count += 1) await exchange(port);
  }));
  return shortConnections;
}

async function download(port: number): Promise<number> {
  const received = await Promise.all(Array.from({ length: streams }, () => new Promise<number>((resolve, reject) => {
    const socket = connect({ host: vip, port });
    socket.on('data', () => {}).on('error', reject).on('close', () => resolve(socket.bytesRead));
  })));
  return received.reduce((sum, bytes) => sum + bytes, 0) / 1_048_576;
}

function echo(socket: Socket): void {
  socket.pipe(socket);
}

function send(socket: Socket): void {
  const chunk = Buffer.alloc(262_144);
  let left = streamBytes;
  const more = (): void => {
    while (left > 0) {
      left -= chunk.length;
      if (!socket.write(chunk)) return;
    }
    socket.end();
  };
  socket.on('drain', more).resume();
  more();
}

const cases = [
  { what: 'connections', serve: echo, load: exchanges, source: '' },
  { what: 'connections from a DIP', serve: echo, load: exchanges, source: dip },
  { what: 'MiB', serve: send, load: download, source: '' },
] as const;

const table: Record<string, string | number>[] = [];
for (const { what, serve, load, source } of cases) {
  const rows: Record<string, Row[]> = { pipe: [], proxy: [] };
  // One after the other, so that a busy moment of the machine meets both.
  for (let round = 0; round < rounds; round += 1) for (const mode of ['pipe', 'proxy']) rows[mode]?.push(await measure(mode, source, serve, load));
  for (const [mode, measured] of Object.entries(rows)) {
    const median = measured.toSorted((a, b) => a.perCpuSecond - b.perCpuSecond)[Math.floor(rounds / 2)];
    if (median === undefined) throw new Error('nothing measured');
    table.push({
      what, mode, 'per second': Math.round(median.perSecond), 'per CPU second': Math.round(median.perCpuSecond),
      'resident MiB': Math.round(median.residentMebibytes),
    });
  }
}
console.table(table);
