// What intervals say of what was counted: nothing twice, nothing lost that can be known.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counters } from '../live/counters.ts';
import type { Sample } from '../live/sample.ts';
import { HistoryWorld, serviceKeys } from '../testing/history-world.ts';
import type { Happening } from '../testing/history-world.ts';
import { intervalMs } from './interval.ts';
import { IntervalMaker } from './interval-maker.ts';
import type { Closed, MakerOptions } from './interval-maker.ts';

const beginMs = 1_800_000_000_000;
const service = 'tcp 10.0.0.1:80';
const endpoint = '10.1.0.1:80';

function counted(connections: number, seen: Partial<Counters> = {}): Counters {
  const all = BigInt(connections);
  return { connections: all, packetsIn: all, packetsOut: all, bytesIn: all, bytesOut: all, ...seen };
}

function sampleAt(afterMs: number, counters: Counters, active = 0): Sample {
  const realServers = [{ key: endpoint, weight: 5, connections: { active, inactive: 1, persistent: null }, counters }];
  return { measuredAtMs: beginMs + afterMs, services: [{ key: service, refused: null, counters, realServers }] };
}

const empty = (afterMs: number): Sample => ({ measuredAtMs: beginMs + afterMs, services: [] });

function makerOf(options: Partial<MakerOptions> = {}): IntervalMaker {
  return new IntervalMaker({ byteKind: 'ipBytes', countersRefreshMs: 0, bringsBack: false, from: 'unknown', lived: [], labels: () => new Map(), ...options });
}

function play(maker: IntervalMaker, samples: readonly Sample[]): Closed[] {
  return samples.flatMap((sample) => maker.take(sample) ?? []);
}

/** One sample a second, from one second to another, both included. */
function seconds(from: number, to: number, at: (second: number) => Counters): Sample[] {
  return Array.from({ length: to - from + 1 }, (_, index) => sampleAt((from + index) * 1_000 + 3, at(from + index)));
}

/** Every 2 s. */
function renewed(second: number): Counters {
  return counted(Math.floor((second + 1) / 2) * 20);
}

function told(closed: readonly Closed[]): unknown {
  return closed.map(({ interval: { startMs, services } }) => [
    startMs - beginMs, services[0]?.measuredMs, services[0]?.growth.connections, services[0]?.measuredGrowth.connections,
  ]);
}

describe('an interval', () => {
  it('is closed by the sample at its end, and counts what grew in it', () => {
    const closed = play(makerOf(), seconds(0, 20, (second) => counted(1_000 + second * 7)));
    expect(told(closed)).toEqual([[0, 10_000, 70n, 70n], [10_000, 10_000, 70n, 70n]]);
  });

  it('says the mean and the most of connections, and the weight at its end', () => {
    const [closed] = play(makerOf(), Array.from({ length: 11 }, (_, second) => sampleAt(second * 1_000, counted(0), second === 4 ? 100 : 1)));
    expect(closed?.interval.services[0]).toMatchObject({ active: { mean: 10, most: 100 }, inactive: { mean: 1 }, realServers: [{ weight: 5, active: { mean: 10, most: 100 } }] });
  });

  it('has names of what is accepted when it closes', () => {
    const labels = new Map([[service, { clusterId: 'c', serviceId: 's', realServerIds: new Map([[endpoint, 'r']]) }]]);
    const [closed] = play(makerOf({ labels: () => labels }), seconds(0, 10, () => counted(0)));
    expect(closed?.interval.services).toMatchObject([{ key: service, clusterId: 'c', serviceId: 's', realServers: [{ key: endpoint, realServerId: 'r' }] }]);
  });

  it('does not measure where a counter fell, and counts what it shows since', () => {
    const closed = play(makerOf(), seconds(0, 10, (second) => counted(second < 5 ? 1_000 + second : second)));
    expect(told(closed)).toEqual([[0, 9_000, 4n + 10n, 4n + 5n]]);
  });

  it('takes all counters of an object for begun anew where one fell', () => {
    const at = (second: number): Counters => (second < 5 ? counted(2, { bytesIn: 1_000n }) : counted(9, { bytesIn: 10n }));
    expect(play(makerOf(), seconds(0, 10, at))[0]?.interval.services[0]?.growth).toEqual(counted(9, { bytesIn: 10n }));
  });

  it('does not measure a hole, and counts over it', () => {
    const closed = play(makerOf(), [...seconds(0, 3, counted), ...seconds(7, 10, counted)]);
    expect(told(closed)).toEqual([[0, 6_000, 10n, 6n]]);
    expect(told(play(makerOf(), [...seconds(0, 3, counted), ...seconds(45, 50, counted)]))).toEqual([[0, 3_000, 3n, 3n], [40_000, 5_000, 47n, 5n]]);
  });

  it('says of what nobody sees that nobody does', () => {
    const [closed] = play(makerOf(), seconds(0, 10, (second) => counted(second, { packetsOut: 'userSpace' })));
    expect(closed?.interval.services[0]).toMatchObject({ measuredMs: 10_000, growth: { connections: 10n, packetsOut: 'userSpace' }, measuredGrowth: { packetsOut: 'userSpace' } });
  });

  it('gives no sum of which a part is not seen', () => {
    const closed = play(makerOf(), seconds(0, 20, (second) => counted(second, second === 5 ? { bytesOut: 'replyBypassesDirector' } : {})));
    expect(closed.map(({ interval }) => interval.services[0]?.growth.bytesOut)).toEqual(['replyBypassesDirector', 10n]);
  });

  it('has what was added within it from its first sample on, and what was removed up to its last', () => {
    const added = play(makerOf(), [empty(0), empty(1_000), ...seconds(2, 10, (second) => counted(second - 1))]);
    expect(told(added)).toEqual([[0, 8_000, 9n, 8n]]);
    const removed = play(makerOf(), [...seconds(0, 4, counted), ...[5, 6, 7, 8, 9, 10].map((second) => empty(second * 1_000)), ...seconds(11, 20, () => counted(3))]);
    expect(told(removed)).toEqual([[0, 4_000, 4n, 4n], [10_000, 9_000, 3n, 0n]]);
  });

  it('takes a real server that comes back with more than it had for the same one only where the forwarder may have kept it', () => {
    const away = { ...sampleAt(5_000, counted(5)), services: [{ key: service, refused: null, counters: counted(5), realServers: [] }] };
    const grown = (bringsBack: boolean): unknown => play(makerOf({ bringsBack }), [...seconds(0, 4, counted), away, ...seconds(6, 10, counted)])[0]?.interval.services[0]?.realServers[0]?.growth.connections;
    expect([grown(true), grown(false)]).toEqual([10n, 4n + 10n]);
  });

  it('measures what is renewed every 2 s over whole renewals', () => {
    const options = { countersRefreshMs: 2_000 };
    expect(told(play(makerOf(options), seconds(0, 20, renewed)))).toEqual([[0, 10_000, 100n, 100n], [10_000, 10_000, 100n, 100n]]);
    expect(told(play(makerOf(options), seconds(7, 10, renewed)))).toEqual([[0, 2_000, 20n, 20n]]);
  });
});

describe('a clock', () => {
  it('that is set back makes no interval twice, and what grew meanwhile is in the next one', () => {
    const maker = makerOf();
    const before = play(maker, seconds(0, 30, counted));
    const after = play(maker, Array.from({ length: 30 }, (_, index) => sampleAt(10_003 + index * 1_000, counted(31 + index))));
    expect(before.map(({ interval }) => interval.startMs - beginMs)).toEqual([0, 10_000, 20_000]);
    expect(told(after)).toEqual([[30_000, 9_000, 30n, 9n]].slice(0, after.length));
    expect(told([maker.end() as Closed])).toEqual([[30_000, 9_000, 30n, 9n]]);
  });

  it('that was far ahead goes on at once in a time that nobody has lived', () => {
    const maker = makerOf();
    const ahead = play(maker, seconds(36_000, 36_015, counted));
    const corrected = play(maker, seconds(0, 20, (second) => counted(36_016 + second)));
    expect(told([...ahead, ...corrected])).toEqual([[360_000_00, 10_000, 10n, 10n], [36_010_000, 5_000, 5n, 5n], [0, 10_000, 11n, 10n], [10_000, 10_000, 10n, 10n]]);
  });
});

describe('after a restart of the agent', () => {
  const first = makerOf();
  const [closed] = play(first, seconds(0, 10, (second) => counted(1_000 + second)));
  const { shown, lived } = closed as Closed;

  it('what the forwarder counted meanwhile is in the total', () => {
    expect(told(play(makerOf({ from: shown, lived }), seconds(95, 100, (second) => counted(1_000 + second))))).toEqual([[90_000, 5_000, 90n, 5n]]);
  });
  it('a forwarder that began anew is counted from 0', () => {
    expect(told(play(makerOf({ from: 'nothing', lived }), seconds(95, 100, counted)))).toEqual([[90_000, 5_000, 100n, 5n]]);
  });
  it('what was counted nobody knows when counts for nothing', () => {
    expect(told(play(makerOf({ from: 'unknown' }), seconds(95, 100, counted)))).toEqual([[90_000, 5_000, 5n, 5n]]);
  });
  it('the interval in which it ended in order is not made again', () => {
    const maker = makerOf();
    play(maker, seconds(0, 5, counted));
    const ended = maker.end() as Closed;
    const next = makerOf({ from: ended.shown, lived: ended.lived });
    expect(told([ended, ...play(next, seconds(7, 20, counted))])).toEqual([[0, 5_000, 5n, 5n], [10_000, 10_000, 15n, 10n]]);
  });
});

it('one that ends twice in the same ten seconds says at its end what it held', () => {
  const maker = makerOf();
  play(maker, seconds(0, 3, counted));
  const first = maker.end() as Closed;
  const next = makerOf({ from: 'nothing', lived: first.lived });
  play(next, seconds(5, 7, counted));
  const second = next.end() as Closed;
  expect(told([first, second])).toEqual([[0, 3_000, 3n, 3n], [10_000, 0, 7n, 0n]]);
  expect(next.end()).toBeNull();
  const later = makerOf({ from: 'nothing', lived: second.lived });
  expect(told(play(later, seconds(9, 30, counted)))).toEqual([[20_000, 10_000, 30n, 10n]]);
});

const traffic = fc.array(fc.nat(50), { minLength: 4, maxLength: 4 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: fc.constant('sample' as const), traffic }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('miss' as const, 'kill' as const, 'stop' as const, 'newLife' as const), traffic }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('remove' as const, 'zero' as const), place: fc.nat(3), traffic }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock' as const), byMs: fc.integer({ min: -100_000, max: 100_000 }), traffic }) },
);

describe('all intervals together', () => {
  it.each([[0, false], [2_000, true]])('count what was counted, over resets, holes and restarts (renewed every %i ms)', (countersRefreshMs, bringsBack) => {
    fc.assert(fc.property(fc.array(happening, { maxLength: 150 }), (happenings) => {
      const world = new HistoryWorld({ countersRefreshMs, bringsBack });
      // At last beyond every time that was lived: what was held back comes then.
      for (const one of [...happenings, { kind: 'clock' as const, byMs: 20_000_000, traffic: [] }, { kind: 'stop' as const, traffic: [] }]) world.happen(one);
      const all = world.closed.flatMap(({ interval }) => interval.services);
      const grown = serviceKeys.flatMap((key) => [1, 2].map((number) => all.filter((one) => one.key === key)
        .flatMap(({ realServers }) => realServers.filter((realServer) => realServer.key === `10.1.0.${number}:80`))
        .reduce((sum, { growth: { connections } }) => sum + Number(connections), 0)));
      expect(grown).toEqual(world.places.map(({ known }) => known));
      const starts = world.closed.map(({ interval }) => interval.startMs);
      expect(new Set(starts).size).toBe(starts.length);
      for (const { measuredMs, growth, measuredGrowth } of all.flatMap(({ realServers }) => realServers)) {
        expect(measuredMs >= 0 && measuredMs <= intervalMs + 2_500).toBe(true);
        expect(Number(measuredGrowth.connections) <= Number(growth.connections)).toBe(true);
        expect(growth.bytesOut).toBe('replyBypassesDirector');
      }
    }), { numRuns: 300 });
  });
});
