// What the proxy costs beside a bare node:net pipe: `npx tsx packages/forwarder/bench/proxy.ts`. Prints a table; CPU is that of the process under test.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { download, echo, exchanges, freePort, listen, send } from './load.ts';

const vip = '127.0.47.200';
const dip = '127.0.47.10';
const rip = '127.0.47.20';
const rounds = 3;
const shortConnections = 4_000;
const inFlight = 32;
const streams = 4;

interface Usage { readonly cpuSeconds: number; readonly residentMebibytes: number }
interface Row { readonly perSecond: number; readonly perCpuSecond: number; readonly residentMebibytes: number }

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send('usage');
  const [usage] = await once(child, 'message') as [Usage];
  return usage;
}

async function measure(mode: string, source: string, serve: (socket: Socket) => void, load: (port: number) => Promise<number>): Promise<Row> {
  const real = await listen(rip, serve);
  const port = await freePort(vip);
  const child = fork(fileURLToPath(new URL('./subject.ts', import.meta.url)), [mode, vip, String(port), rip, String(real.port), source]);
  await once(child, 'message');
  const before = await usageOf(child);
  const startedAtMs = performance.now();
  const done = await load(port);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const after = await usageOf(child);
  child.kill();
  await once(child, 'exit');
  real.server.close();
  return { perSecond: done / seconds, perCpuSecond: done / (after.cpuSeconds - before.cpuSeconds), residentMebibytes: after.residentMebibytes };
}

async function connections(port: number): Promise<number> {
  return (await exchanges({ host: vip, port }, shortConnections, inFlight)).length;
}

function mebibytes(port: number): Promise<number> {
  return download({ host: vip, port }, streams);
}

const cases = [
  { what: 'connections', serve: echo, load: connections, source: '' },
  { what: 'connections from a DIP', serve: echo, load: connections, source: dip },
  { what: 'MiB', serve: send, load: mebibytes, source: '' },
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
