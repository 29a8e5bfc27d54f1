// Prints what history costs an agent, by the size of its director: `npx tsx packages/agent/bench/history.ts`.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { IntervalMaker } from '@weir/model';
import type { Counters, RealServerSample, Sample, ServiceSample } from '@weir/model';
import { pino } from 'pino';
import { Journal } from '../src/history/journal/journal.ts';
import { RecentMemory } from '../src/history/memory/recent-memory.ts';

interface Size {
  readonly services: number;
  readonly realServers: number;
  /** Of 1: so many real servers carry something in each second. The kernel renews the counters of each every 2 s. */
  readonly busy: number;
}

/** The largest: keepalived issue 2318. */
const sizes: readonly Size[] = [
  { services: 100, realServers: 1_000, busy: 1 }, { services: 2_277, realServers: 37_205, busy: 0.1 }, { services: 2_277, realServers: 37_205, busy: 0.5 }, { services: 2_277, realServers: 37_205, busy: 1 },
];
const SECONDS = 45;
const beginMs = 1_800_000_000_003;

function grown({ connections, packetsIn, packetsOut, bytesIn, bytesOut }: Counters, by: bigint): Counters {
  const more = (counter: Counters['connections'], times: bigint): Counters['connections'] => (typeof counter === 'bigint' ? counter + by * times : counter);
  return { connections: more(connections, 1n), packetsIn: more(packetsIn, 10n), packetsOut: more(packetsOut, 8n), bytesIn: more(bytesIn, 1_100n), bytesOut: more(bytesOut, 9_100n) };
}

function initial(number: number): Counters {
  return grown({ connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n }, BigInt(number) * 1_000n);
}

/** What does not change is the same object again, as a driver gives it. */
function later(one: RealServerSample, busy: number): RealServerSample {
  if (Math.random() >= busy) return one;
  const connections = { active: Math.floor(Math.random() * 100), inactive: Math.floor(Math.random() * 100), persistent: null };
  return { ...one, connections, counters: grown(one.counters, BigInt(1 + Math.floor(Math.random() * 50))) };
}

function* samplesOf({ services, realServers, busy }: Size): Generator<Sample> {
  const place = (s: number): number => Math.floor((s * realServers) / services);
  let all: ServiceSample[] = Array.from({ length: services }, (_, s) => ({
    key: `tcp 10.${s >> 8}.${s & 255}.1:80`, refused: null, counters: initial(s),
    realServers: Array.from({ length: place(s + 1) - place(s) }, (__, r) => (
      { key: `10.${100 + (s >> 8)}.${s & 255}.${r}:80`, weight: 100, connections: { active: 10, inactive: 20, persistent: null }, counters: initial(place(s) + r) })),
  }));
  for (let second = 0; second < SECONDS; second += 1) {
    all = all.map((service) => ({ ...service, counters: grown(service.counters, 1n), realServers: service.realServers.map((one) => later(one, busy)) }));
    yield { measuredAtMs: beginMs + second * 1_000, services: all };
  }
}

const rows = new Map<string, number[]>();

async function measured<TResult>(name: string, run: () => TResult | Promise<TResult>): Promise<TResult> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const result = run();
  const atOnceMs = performance.now() - startMs;
  const value = await result;
  const { user, system } = process.cpuUsage(cpu);
  loop.disable();
  const blockMs = Math.max(atOnceMs, result instanceof Promise ? loop.max / 1e6 : 0);
  for (const [column, ms] of [['wall', performance.now() - startMs], ['CPU', (user + system) / 1_000], ['longest turn', blockMs]] as const) {
    rows.set(`${name}|${column}`, [...rows.get(`${name}|${column}`) ?? [], ms]);
  }
  return value;
}

async function bench(size: Size): Promise<void> {
  rows.clear();
  const folder = await mkdtemp(join(tmpdir(), 'weir-history-'));
  const maker = new IntervalMaker({ byteKind: 'ipBytes', countersRefreshMs: 2_000, bringsBack: true, from: 'unknown', lived: [], labels: () => new Map() });
  const memory = new RecentMemory({ byteKind: 'ipBytes', countersRefreshMs: 2_000, labels: () => new Map(), bytesMax: 64 * 1_048_576 });
  const journal = await Journal.open({ folder, log: pino({ level: 'warn' }) });
  for (const sample of samplesOf(size)) {
    await measured('a second: remembered', () => { memory.take(sample); });
    const isLast = (sample.measuredAtMs - beginMs) % 10_000 === 0;
    const closed = await measured(isLast ? 'ten: interval closed' : 'a second: counted', () => maker.take(sample));
    if (closed !== null) await measured('ten: written', () => journal.append(closed, 'life'));
  }
  const answer = await measured('asked: an interval', () => journal.read({ journalId: null, after: 1, limit: 1 }));
  await measured('asked: as JSON', () => JSON.stringify(answer));
  await measured('asked: all seconds', () => memory.recent({ of: { kind: 'director' }, realServers: false, fromMs: 0, toMs: beginMs * 2 }));
  console.log(`\n${size.services} services, ${size.realServers} real servers, of which ${size.busy * 100} % change each second; mean ms (most)`);
  for (const name of new Set([...rows.keys()].map((key) => key.split('|')[0] ?? ''))) {
    const told = ['wall', 'CPU', 'longest turn'].map((column) => {
      const all = rows.get(`${name}|${column}`) ?? [];
      return `${column} ${(all.reduce((sum, ms) => sum + ms, 0) / all.length).toFixed(1)} (${Math.max(...all).toFixed(1)})`.padEnd(28);
    });
    console.log(`${name.padEnd(24)}${told.join('')}`);
  }
  const files = (await readdir(folder)).filter((name) => name.endsWith('.interval'));
  const bytes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  console.log(`${Math.round(Math.max(...bytes) / 1_000)} kB on disk for an interval, ${(memory.bytes / 1_048_576).toFixed(1)} MB in memory for ${SECONDS} s`);
  await rm(folder, { recursive: true });
}

for (const size of sizes) await bench(size);
