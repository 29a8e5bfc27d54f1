// What the proxy costs beside HAProxy and nginx stream: `npx tsx packages/forwarder/bench/peers.ts`. CPU and memory are those of the process
// under test; clients and real servers are in this one. Loopback only, about a minute.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connected, download, echo, exchanges, freePort, listen, pings, send } from './load.ts';
import type { At } from './load.ts';
import { subjects, usageOf } from './peer-subjects.ts';
import type { Subject } from './peer-subjects.ts';

const vip = '127.0.47.200';
const rip = '127.0.47.20';
const rounds = 3;
const heldConnections = 1_000;

interface Done { readonly amount: number; readonly delaysMs: readonly number[]; readonly release?: () => void }

interface Case {
  readonly what: string;
  readonly serve: (socket: Socket) => void;
  readonly load: (at: At) => Promise<Done>;
}

interface Measured {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly residentMebibytes: number;
  /** Of one core, while it was measured. */
  readonly busy: number;
  readonly loadBusy: number;
}

function delays(delaysMs: readonly number[]): Done {
  return { amount: delaysMs.length, delaysMs };
}

const cases: readonly Case[] = [
  { what: 'connections', serve: echo, load: async (at) => delays(await exchanges(at, 8_000, 32)) },
  { what: 'round trips', serve: echo, load: async (at) => delays(await pings(at, 40_000, 16)) },
  { what: 'MiB', serve: send, load: async (at) => ({ amount: await download(at, 4), delaysMs: [] }) },
  {
    what: 'held', serve: echo,
    load: async (at) => {
      const held = await Promise.all(Array.from({ length: heldConnections }, () => connected(at)));
      for (const socket of held) socket.write('a request');
      await Promise.all(held.map((socket) => once(socket, 'data')));
      return { amount: heldConnections, delaysMs: [], release: () => held.forEach((socket) => socket.destroy()) };
    },
  },
];

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function measureRunning(pid: number, front: At, load: Case['load']): Promise<Measured> {
  const [before, own, startedAtMs] = [await usageOf(pid), ownCpuSeconds(), performance.now()];
  const { amount, delaysMs, release } = await load(front);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const [after, ownAfter] = [await usageOf(pid), ownCpuSeconds()];
  release?.();
  const sorted = delaysMs.toSorted((a, b) => a - b);
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  return {
    perSecond: amount / seconds, perCpuSecond: amount / cpuSeconds, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99),
    residentMebibytes: after.residentMebibytes, busy: cpuSeconds / seconds, loadBusy: (ownAfter - own) / seconds,
  };
}

async function measure(folder: string, { serve, load }: Case, subject: Subject): Promise<Measured | null> {
  const real = await listen(rip, serve);
  const front = { host: vip, port: await freePort(vip) };
  const child = await subject.start(folder, front, { host: rip, port: real.port });
  try {
    return child?.pid === undefined ? null : await measureRunning(child.pid, front, load);
  } finally {
    if (child !== null) await stop(child);
    real.server.close();
  }
}

/** A process that has a core to itself is busy to 1; nothing else goes faster then. */
function limitedBy({ busy, loadBusy }: Measured): string {
  if (busy >= 0.85) return 'its own core';
  return loadBusy >= 0.85 ? 'clients and real servers' : 'waiting for the others';
}

function rounded(value: number, digits = 0): number | string {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : '';
}

function median(all: readonly Measured[]): Measured | undefined {
  return all.toSorted((a, b) => a.perCpuSecond - b.perCpuSecond)[Math.floor(all.length / 2)];
}

/** One after the other in each round, so that a busy moment of the machine meets all. */
async function rowsOf(folder: string, one: Case): Promise<Record<string, string | number>[]> {
  const measured = subjects.map((subject) => ({ subject, all: [] as Measured[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { subject, all } of measured) {
      const result = await measure(folder, one, subject);
      if (result !== null) all.push(result);
    }
  }
  const [proxy] = measured.map(({ all }) => median(all));
  return measured.flatMap(({ subject, all }) => {
    const result = median(all);
    if (result === undefined || proxy === undefined) return [{ what: one.what, subject: `${subject.name}: not installed` }];
    return [{
      what: one.what, subject: subject.name,
      'per second': rounded(result.perSecond), 'per CPU second': rounded(result.perCpuSecond),
      'of the proxy\'s': `${(result.perCpuSecond / proxy.perCpuSecond).toFixed(1)}x`,
      'p50 ms': rounded(result.p50Ms, 2), 'p99 ms': rounded(result.p99Ms, 2),
      'resident MiB': rounded(result.residentMebibytes), 'core %': rounded(result.busy * 100), 'clients\' core %': rounded(result.loadBusy * 100),
      'limited by': limitedBy(result),
    }];
  });
}

const folder = await mkdtemp(join(tmpdir(), 'peers-'));
const table: Record<string, string | number>[] = [];
for (const one of cases) table.push(...await rowsOf(folder, one));
await rm(folder, { recursive: true });
console.table(table);
console.log(`Of ${rounds} rounds the median by CPU. "held": ${heldConnections} connections open at once, resident memory with them.`);
