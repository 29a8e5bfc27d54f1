// What history costs: a day of one director with 100 services of 10 real servers each, written as its journal says it, and read as charts ask for it.
// Run it with: npx tsx apps/web/bench/history.ts [days]
import { DEFINITION_SCHEMA, intervalMs } from '@weir/model';
import type { Carried, ClusterDefinition, Interval, RealServerCarried, ServiceCarried } from '@weir/model';
import { Pool } from 'pg';
import type { HistoryInput } from '../src/history/series.ts';
import type { HistoryStorage } from '../src/history/storage.ts';
import { readStorage } from '../src/server/history/keep/storage.ts';
import { readDiskBytes, readUsage } from '../src/server/history/keep/usage.ts';
import { Series } from '../src/server/history/series/series.ts';
import { Journal } from '../src/server/history/store/journal.ts';
import { floorTo } from '../src/server/history/tiers.ts';
import { migrated } from '../src/server/testing/control-plane.ts';
import { openTestServer } from '../src/server/testing/database.ts';

const serviceCount = 100;
const realServerCount = 10;
const hourMs = 3_600_000;
const days = Number(process.argv[2] ?? 1);
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

let seed = 1;
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
  return seed / 0x7f_ff_ff_ff;
}

/** About so many, as if each came by itself. */
function about(mean: number): number {
  const sum = numbers(12).reduce((total) => total + random(), 0);
  return Math.max(0, Math.round(mean + (sum - 6) * Math.sqrt(mean)));
}

/** Loads that differ by a thousand, as those of services do. */
const loads = numbers(serviceCount).map(() => Math.exp(random() * 7));

function carried(perSecond: number): Carried {
  const connections = about(perSecond * 10);
  const [packetsIn, packetsOut] = [about(connections * 9), about(connections * 7)];
  const growth = {
    connections: BigInt(connections), packetsIn: BigInt(packetsIn), packetsOut: BigInt(packetsOut),
    bytesIn: BigInt(Math.round(packetsIn * (400 + random() * 300))), bytesOut: BigInt(Math.round(packetsOut * (700 + random() * 300))),
  };
  return { measuredMs: intervalMs, growth, measuredGrowth: growth, active: { mean: about(perSecond * 3) + Math.round(random() * 10) / 10, most: about(perSecond * 3.5) }, inactive: { mean: about(perSecond) } };
}

function serviceAt(index: number): ServiceCarried {
  const load = loads[index] ?? 1;
  return {
    key: `tcp 10.0.0.${index}:80`, clusterId: 'c', serviceId: `s-${index}`, ...carried(load * realServerCount),
    realServers: numbers(realServerCount).map((rs): RealServerCarried => ({ key: `10.1.${index}.${rs}:80`, realServerId: `rs-${rs}`, weight: 1, ...carried(load) })),
  };
}

const server = await openTestServer();
const url = await server.createDatabase();
await migrated(url);
const pool = new Pool({ connectionString: url });
const endMs = floorTo(Date.now(), 24 * hourMs);
const startMs = endMs - days * 24 * hourMs;
const journal = new Journal(pool, () => endMs);

const cpuBefore = process.cpuUsage();
const writtenAt = performance.now();
const count = (days * 24 * hourMs) / intervalMs;
/** What the settings page would say after two hours. */
let told: HistoryStorage | null = null;
for (let done = 0; done < count; done += 6) {
  const intervals = numbers(6).map((index): Interval => ({
    sequence: done + index + 1, startMs: startMs + (done + index) * intervalMs, byteKind: 'ipBytes', services: numbers(serviceCount).map(serviceAt),
  }));
  await journal.write({ directorId: 'd', name: 'lvs-1', journalId: 'j', intervals });
  if ((done + 6) * intervalMs === 2 * hourMs) told = await readStorage(pool, 5e9, startMs + 2 * hourMs);
}
const { user, system } = process.cpuUsage(cpuBefore);
console.log(`written: ${count} intervals in ${((performance.now() - writtenAt) / 1_000).toFixed(1)} s, ${((user + system) / 1_000 / count).toFixed(2)} ms of processor each, making them up included`);

await pool.query('VACUUM ANALYZE "HistoryBlock"');
const usage = await readUsage(pool);
for (const { kind, tier, rows, bytes, storedBytes } of usage) {
  const expected = told?.tiers.find((one) => one.kind === kind && one.lengthMs === tier.lengthMs)?.expected;
  const columns = [`${(bytes / 1e6).toFixed(2)} MB packed`, `${(storedBytes / 1e6).toFixed(2)} MB counted`, `${(((expected?.bytesPerDay ?? 0) * days) / 1e6).toFixed(2)} MB foretold after two hours`];
  console.log(`${kind.padEnd(12)} ${String(tier.lengthMs / 1_000).padStart(6)} s  ${String(rows).padStart(7)} rows  ${columns.map((column) => column.padStart(38)).join('')}`);
}
const finest = usage.find(({ kind }) => kind === 'realServers');
console.log(`${((finest?.bytes ?? 0) / (finest?.rows ?? 1) / serviceCount / realServerCount).toFixed(1)} bytes for each real server and interval`);
console.log(`counted ${(usage.reduce((sum, one) => sum + one.storedBytes, 0) / 1e6).toFixed(1)} MB, on the disk ${((await readDiskBytes(pool)) / 1e6).toFixed(1)} MB`);

const gateway = { director: () => null, client: () => { throw new Error('nobody is asked'); } };
const definition: ClusterDefinition = { schema: DEFINITION_SCHEMA, name: 'c', directors: [], vips: [], services: [] };
const series = new Series({ pool, gateway, clusters: { standing: () => ({ wanted: { name: 'c', definition } }) }, now: () => endMs });

async function timed(what: string, input: Omit<HistoryInput, 'by' | 'steps' | 'toMs'> & Partial<HistoryInput>): Promise<void> {
  const times: number[] = [];
  let resolutionMs = 0;
  for (const _ of numbers(5)) {
    const from = performance.now();
    const answer = await series.of({ by: 'whole', steps: 300, toMs: endMs, ...input });
    times.push(performance.now() - from);
    ({ resolutionMs } = answer);
  }
  times.sort((a, b) => a - b);
  console.log(`${what.padEnd(44)} ${(times[2] ?? 0).toFixed(0).padStart(6)} ms, read by ${resolutionMs / 1_000} s`);
}

const service = { kind: 'service', clusterId: 'c', serviceId: 's-50' } as const;
await timed('an hour of a service', { subject: service, fromMs: endMs - hourMs });
await timed('a day of a service', { subject: service, fromMs: endMs - 24 * hourMs });
await timed('a day of a service, by its real servers', { subject: service, by: 'realServer', fromMs: endMs - 24 * hourMs });
await timed('a day of a cluster of 100 services', { subject: { kind: 'cluster', clusterId: 'c' }, fromMs: endMs - 24 * hourMs });
await timed('a year of a cluster of 100 services', { subject: { kind: 'cluster', clusterId: 'c' }, fromMs: endMs - 365 * 24 * hourMs });
await pool.end();
await server.remove();
