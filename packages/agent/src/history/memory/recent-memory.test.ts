// The last minutes in memory: the same that the samples say, in a bounded number of bytes.
import { counterNames, goesOn, recentMs } from '@weir/model';
import type { Counter, Counters, Labels, Moment, Recent, Sample, ServiceSample } from '@weir/model';
import { decodeRecent, encodeRecent, MOMENTS_MAX, RECENT_CELLS_MAX, RecentAnswer } from '@weir/protocol';
import type { RecentInput } from '@weir/protocol';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentMemory } from './recent-memory.ts';

const beginMs = 1_800_000_000_000;
const services = ['tcp 10.0.0.1:80', 'tcp 10.0.0.1:443', 'udp 10.0.0.2:53'] as const;
const labels: Labels = new Map(services.slice(0, 2).map((key, at) => [key, { clusterId: 'c', serviceId: `s${at}`, realServerIds: new Map([['10.1.0.0:80', 'r0']]) }]));
const ever = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
const director: RecentInput = { of: { kind: 'director' }, realServers: false, ...ever };

function memoryOf(bytesMax = 64 * 1_048_576): RecentMemory {
  return new RecentMemory({ byteKind: 'ipBytes', countersRefreshMs: 2_000, bytesMax, labels: () => labels });
}

function counted(connections: Counter, others: Counter = connections): Counters {
  return { connections, packetsIn: others, packetsOut: others, bytesIn: others, bytesOut: others };
}

function sampleAt(second: number, of: readonly ServiceSample[]): Sample {
  return { measuredAtMs: beginMs + second * 1_000, services: of };
}

function serviceOf(key: string, counters: Counters, realServers: ServiceSample['realServers'] = []): ServiceSample {
  return { key, refused: null, counters, realServers };
}

interface Told {
  readonly counters: Counters;
  readonly active: number;
  readonly inactive: number;
  readonly weight: number | null;
}

const seen = (counter: Counter): string => (typeof counter === 'string' ? counter : 'seen');

/** What two neighbouring samples say of one object, told plainly. */
function momentOf(before: Told | null, now: Told | null, isMeasured: boolean): Moment | null {
  if (now === null) return null;
  const { active, inactive, weight, counters } = now;
  const unmeasured = { active, inactive, weight, growth: null };
  if (before === null || !isMeasured || !goesOn(before.counters, counters)) return unmeasured;
  if (counterNames.some((name) => seen(before.counters[name]) !== seen(counters[name]))) return unmeasured;
  const growth = (name: (typeof counterNames)[number]): number | 'userSpace' | 'replyBypassesDirector' => {
    const [was, is] = [before.counters[name], counters[name]];
    return typeof was === 'bigint' && typeof is === 'bigint' ? Number(is - was) : is as 'userSpace';
  };
  return { active, inactive, weight, growth: { connections: growth('connections'), packetsIn: growth('packetsIn'), packetsOut: growth('packetsOut'), bytesIn: growth('bytesIn'), bytesOut: growth('bytesOut') } };
}

function expected(samples: readonly Sample[], find: (sample: Sample) => Told | null): (Moment | null)[] {
  return samples.map((sample, at) => {
    const before = samples[at - 1];
    const isMeasured = before !== undefined && sample.measuredAtMs - before.measuredAtMs <= 2_500;
    return momentOf(before === undefined ? null : find(before), find(sample), isMeasured);
  });
}

function whole(key: string): (sample: Sample) => Told | null {
  return (sample) => {
    const service = sample.services.find((one) => one.key === key);
    if (service === undefined) return null;
    const sum = (of: 'active' | 'inactive'): number => service.realServers.reduce((all, { connections }) => all + connections[of], 0);
    return { counters: service.counters, active: sum('active'), inactive: sum('inactive'), weight: null };
  };
}

function realServer(key: string, endpoint: string): (sample: Sample) => Told | null {
  return (sample) => {
    const found = sample.services.find((one) => one.key === key)?.realServers.find((one) => one.key === endpoint);
    return found === undefined ? null : { counters: found.counters, active: found.connections.active, inactive: found.connections.inactive, weight: found.weight };
  };
}

const counter: fc.Arbitrary<Counter> = fc.oneof({ weight: 5, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 40n }) }, { weight: 1, arbitrary: fc.constantFrom<Counter>('userSpace', 'replyBypassesDirector') });
const counters: fc.Arbitrary<Counters> = fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 40n }), counter).map(([connections, others]) => counted(connections, others));
const realServers = fc.uniqueArray(fc.record({
  key: fc.constantFrom('10.1.0.0:80', '10.1.0.1:80', '10.1.0.2:80'), weight: fc.nat(300), counters,
  connections: fc.record({ active: fc.nat(100_000), inactive: fc.nat(3), persistent: fc.constant(null) }),
}), { selector: ({ key }) => key, maxLength: 3 });
const someServices = fc.uniqueArray(fc.record({ key: fc.constantFrom(...services), refused: fc.constant(null), counters, realServers }), { selector: ({ key }) => key, maxLength: 3 });
/** What a sample differs in from the one before: nothing, one of two tables, or seconds without any. */
const course = fc.tuple(someServices, someServices, fc.array(fc.record({ table: fc.constantFrom(0, 1), holeMs: fc.constantFrom(0, 0, 0, 0, 0, 700, 4_000) }), { maxLength: 150 }));

function played([one, other, steps]: readonly [ServiceSample[], ServiceSample[], readonly { readonly table: number; readonly holeMs: number }[]]): Sample[] {
  let atMs = beginMs;
  return steps.map(({ table, holeMs }) => {
    atMs += 1_000 + holeMs;
    return { measuredAtMs: atMs, services: table === 0 ? one : other };
  });
}

describe('the last minutes', () => {
  it('are those of the samples, second by second', async () => {
    await fc.assert(fc.asyncProperty(course, async (given) => {
      const samples = played(given);
      const memory = memoryOf();
      for (const sample of samples) memory.take(sample);
      const recent = await memory.recent({ of: { kind: 'service', clusterId: 'c', serviceId: 's0' }, realServers: true, ...ever });
      expect(recent.times.map(({ atMs }) => atMs)).toEqual(samples.map(({ measuredAtMs }) => measuredAtMs));
      expect(recent.lines[0]?.moments).toEqual(expected(samples, whole(services[0])));
      for (const { key, realServerId, moments } of recent.lines.slice(1)) {
        expect(moments).toEqual(expected(samples, realServer(services[0], key ?? '')));
        expect(realServerId).toBe(key === '10.1.0.0:80' ? 'r0' : null);
      }
      const keys = new Set(samples.flatMap((sample) => sample.services.filter(({ key }) => key === services[0]).flatMap((service) => service.realServers.map(({ key }) => key))));
      expect(new Set(recent.lines.slice(1).map(({ key }) => key))).toEqual(keys);
      expect(decodeRecent(RecentAnswer.parse(JSON.parse(JSON.stringify(encodeRecent(recent)))))).toEqual(recent);
    }), { numRuns: 100 });
  });

  it('of several services are their sum, and none where a part is missing', async () => {
    const memory = memoryOf();
    const at = (second: number, a: Counters, b: Counters): void => memory.take(sampleAt(second, [serviceOf(services[0], a), serviceOf(services[1], b), serviceOf(services[2], counted(100n))]));
    at(0, counted(0n), counted(0n, 'userSpace'));
    at(1, counted(5n), counted(7n, 'userSpace'));
    at(2, counted(1n), counted(9n, 'userSpace'));
    const sum = { connections: 12, packetsIn: 'userSpace', packetsOut: 'userSpace', bytesIn: 'userSpace', bytesOut: 'userSpace' };
    const cluster = await memory.recent({ of: { kind: 'cluster', clusterId: 'c' }, realServers: false, ...ever });
    expect(cluster.lines.map(({ moments }) => moments.map((moment) => moment?.growth ?? null))).toEqual([[null, sum, null]]);
    expect((await memory.recent(director)).lines[0]?.moments[1]?.growth).toEqual(sum);
    expect((await memory.recent({ of: { kind: 'cluster', clusterId: 'another' }, realServers: false, ...ever })).lines).toEqual([{ key: null, realServerId: null, moments: [null, null, null] }]);
  });

  it('are asked for from a time to a time', async () => {
    const memory = memoryOf();
    for (let second = 0; second < 200; second += 1) memory.take(sampleAt(second, [serviceOf(services[0], counted(BigInt(second)))]));
    const some = await memory.recent({ ...director, fromMs: beginMs + 58_000, toMs: beginMs + 62_500 });
    expect(some.times.map(({ atMs }) => (atMs - beginMs) / 1_000)).toEqual([58, 59, 60, 61, 62]);
    expect(some.lines[0]?.moments.map((moment) => moment?.growth?.connections)).toEqual([1, 1, 1, 1, 1]);
    expect(some.sinceMs).toBe(beginMs);
  });

  it('are no more than a quarter of an hour, about', async () => {
    const memory = memoryOf();
    expect(await memory.recent(director)).toMatchObject({ sinceMs: null, times: [], lines: [{ moments: [] }] });
    for (let second = 0; second < 3_000; second += 1) memory.take(sampleAt(second, [serviceOf(services[0], counted(BigInt(second)))]));
    const { sinceMs, times } = await memory.recent(director);
    expect(times.length).toBeGreaterThanOrEqual(recentMs / 1_000);
    expect(times.length).toBeLessThanOrEqual(MOMENTS_MAX);
    expect(sinceMs).toBe(times[0]?.atMs);
  });

  it('begin anew where the clock was set back', async () => {
    const memory = memoryOf();
    for (const second of [10, 11, 12, 5, 6]) memory.take(sampleAt(second, [serviceOf(services[0], counted(BigInt(second)))]));
    expect(await memory.recent(director)).toMatchObject({ sinceMs: beginMs + 5_000, times: [{ stepMs: 0 }, { stepMs: 1_000 }] });
  });
});

/** Everything changes all the time. */
function busy(second: number, count: number): Sample {
  const value = BigInt(second) * 1_000_000n;
  return sampleAt(second, [serviceOf(services[0], counted(value), Array.from({ length: count }, (_, at) => (
    { key: `10.1.${at >> 8}.${at & 255}:80`, weight: 1, connections: { active: second, inactive: second * 2, persistent: null }, counters: counted(value + BigInt(at)) })))]);
}

describe('where there is much to remember', () => {
  it('the oldest is forgotten, and it is said since when', async () => {
    const bytesMax = 2_000_000;
    const memory = memoryOf(bytesMax);
    let most = 0;
    for (let second = 0; second < 200; second += 1) {
      memory.take(busy(second, 1_000));
      most = Math.max(most, memory.bytes);
    }
    const { sinceMs, times } = await memory.recent(director);
    expect(most).toBeLessThan(bytesMax * 1.1);
    expect(times.length).toBeGreaterThan(10);
    expect(times.length).toBeLessThan(199);
    expect([sinceMs, times.at(-1)?.atMs]).toEqual([times[0]?.atMs, beginMs + 199_000]);
  });

  it('what is forgotten while it is read is left out, and no part of it taken for the whole', async () => {
    const memory = memoryOf(6_000_000);
    const keys = Array.from({ length: 2_000 }, (_, at) => `tcp 10.${at >> 8}.${at & 255}.1:80`);
    const take = (second: number): void => memory.take(sampleAt(second, keys.map((key) => serviceOf(key, counted(BigInt(second * 1_000))))));
    for (let second = 0; second < 130; second += 1) take(second);
    const asked = memory.recent(director);
    for (let second = 130; second < 200; second += 1) take(second);
    const { sinceMs, times, lines } = await asked;
    expect(lines[0]?.moments.map((moment) => moment?.growth?.connections ?? null)).toEqual(times.map(({ stepMs }) => (stepMs === 0 ? null : keys.length * 1_000)));
    expect([times.length > 0, sinceMs]).toEqual([true, times[0]?.atMs]);
  });

  it('an answer has the newest of it', async () => {
    const memory = memoryOf();
    for (let second = 0; second < 60; second += 1) memory.take(busy(second, 5_000));
    const recent: Recent = await memory.recent({ of: { kind: 'service', clusterId: 'c', serviceId: 's0' }, realServers: true, ...ever });
    expect(recent.lines).toHaveLength(5_001);
    expect(recent.times).toHaveLength(Math.floor(RECENT_CELLS_MAX / 5_001));
    expect([recent.sinceMs, recent.times.at(-1)?.atMs]).toEqual([recent.times[0]?.atMs, beginMs + 59_000]);
  });

  it('a service whose real servers come and go all the time costs no more and more', () => {
    const memory = memoryOf();
    let most = 0;
    for (let second = 0; second < 5_000; second += 1) {
      memory.take(sampleAt(second, [serviceOf(services[0], counted(1n), [
        { key: `10.${second >> 8}.${second & 255}.1:80`, weight: 1, connections: { active: 0, inactive: 0, persistent: null }, counters: counted(1n) }])]));
      most = Math.max(most, memory.bytes);
    }
    expect(most).toBeLessThan(300_000);
  });
});
