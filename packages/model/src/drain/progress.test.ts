import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, noTrack, readingsOf, trackNext } from './progress.ts';
import type { DrainReading, DrainTrack } from './progress.ts';

const reading = (weight: number, active = 0, inactive = 0, persistent: number | null = 0): DrainReading => ({ weight, connections: { active, inactive, persistent } });
const gone: DrainReading = null;

/** One reading each second, from second 1 on. */
function after(readings: readonly (readonly DrainReading[])[], mayBeGone = false): DrainTrack {
  return readings.reduce((track, each, second) => trackNext(track, each, { atMs: (second + 1) * 1_000, mayBeGone }), noTrack);
}

function how(readings: readonly (readonly DrainReading[])[], { mayBeGone = false, refreshMs = 0 } = {}): ReturnType<typeof evidenceOf> {
  return evidenceOf(after(readings, mayBeGone), refreshMs, mayBeGone ? 'removed' : 'empty');
}

describe('a drain is over', () => {
  it('after two readings with weight 0 and nothing left, and says when each was seen', () => {
    expect(how([[reading(5, 2)], [reading(0, 1)], [reading(0)], [reading(0)]])).toEqual({ how: 'empty', weightZeroAtMs: 2_000, zeroSinceMs: 3_000, atMs: 4_000, readings: 2 });
  });

  it.each<[string, (readonly DrainReading[])[]]>([
    ['after one reading', [[reading(0)]]],
    ['while it has its weight, empty or not', [[reading(1)], [reading(1)], [reading(1)]]],
    ['with an active connection', [[reading(0, 1)], [reading(0, 1)]]],
    ['with an inactive one', [[reading(0, 0, 1)], [reading(0, 0, 1)]]],
    ['with a client that is remembered', [[reading(0, 0, 0, 1)], [reading(0, 0, 0, 1)]]],
    ['where nobody counts who is remembered', [[reading(0, 0, 0, null)], [reading(0, 0, 0, null)]]],
    ['in one service only', [[reading(0), reading(0, 1)], [reading(0), reading(0, 1)]]],
    ['where somebody gave it a weight in between', [[reading(0)], [reading(1)], [reading(0)]]],
    ['where somebody else took it out', [[gone], [gone], [gone]]],
    ['where one came back in between', [[reading(0)], [reading(0, 1)], [reading(0)]]],
    ['of nothing', [[], []]],
  ])('not %s', (_, readings) => expect(how(readings)).toBeNull());

  it('only when readings lie as far apart as the forwarder renews its counters', () => {
    const empty = [reading(0)];
    expect(how([empty, empty], { refreshMs: 2_000 })).toBeNull();
    expect(how([empty, empty, empty], { refreshMs: 2_000 })).toMatchObject({ zeroSinceMs: 1_000, atMs: 3_000, readings: 3 });
  });

  it('where it was taken out by order, when it is seen to be gone', () => {
    expect(how([[reading(0, 4)], [gone], [gone]], { mayBeGone: true })).toEqual({ how: 'removed', weightZeroAtMs: 1_000, zeroSinceMs: 2_000, atMs: 3_000, readings: 2 });
  });

  it('never while anything is left in the last reading, whatever came before', () => {
    const any = fc.record({ weight: fc.nat(2), connections: fc.record({ active: fc.nat(1), inactive: fc.nat(1), persistent: fc.option(fc.nat(1)) }) });
    fc.assert(fc.property(fc.array(fc.array(fc.option(any), { minLength: 2, maxLength: 2 }), { maxLength: 12 }), fc.boolean(), (readings, mayBeGone) => {
      const evidence = how(readings, { mayBeGone });
      const last = readings.slice(-2).flat();
      const empty = readings.length >= 2 && last.every((each) => (each === null ? mayBeGone : each.weight === 0 && Object.values(each.connections).every((count) => count === 0)));
      expect(evidence !== null).toBe(empty);
    }));
  });
});

it('the readings of targets are found by service and real server', () => {
  const counters = { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n };
  const row = { key: '10.0.0.1:80', weight: 0, connections: { active: 3, inactive: 0, persistent: 0 }, counters } as const;
  const services = [{ key: 'tcp 10.0.0.9:80', counters, refused: null, realServers: [row] }] as const;
  const place = { service: 'tcp 10.0.0.9:80', endpoint: '10.0.0.1:80' } as const;
  expect(readingsOf([place, { ...place, endpoint: '10.0.0.2:80' }, { ...place, service: 'udp 10.0.0.9:80' }], { services })).toEqual([row, null, null]);
});
