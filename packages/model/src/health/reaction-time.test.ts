// How long it takes to notice, against a clock that is played through.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reactionTime } from './reaction-time.ts';

const check = { intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 3 };

/** When the last try ends that decides, for a change at `atMs` between a try at 0 and the next one. */
function played({ intervalMs, changingIntervalMs }: { intervalMs: number; changingIntervalMs: number | null }, atMs: number, tries: number, tryMs: number): number {
  let startMs = intervalMs;
  for (let n = 1; n < tries; n += 1) startMs = Math.max(startMs + (changingIntervalMs ?? intervalMs), startMs + tryMs);
  return startMs + tryMs - atMs;
}

describe('the time until it is noticed', () => {
  it('is what fall, interval and timeout come to', () => {
    expect(reactionTime([check])).toEqual({
      silent: { leastMs: 12_000, mostMs: 17_000 }, refusing: { leastMs: 10_000, mostMs: 15_000 }, back: { leastMs: 5_000, mostMs: 10_000 },
    });
  });
  it('is shorter where the next tries come faster while it changes', () => {
    expect(reactionTime([{ ...check, changingIntervalMs: 1_000 }])).toEqual({
      silent: { leastMs: 6_000, mostMs: 11_000 }, refusing: { leastMs: 2_000, mostMs: 7_000 }, back: { leastMs: 1_000, mostMs: 6_000 },
    });
  });
  it('is that of the fastest check to go down, and of the slowest to come back', () => {
    const both = reactionTime([check, { ...check, intervalMs: 60_000, fall: 1, rise: 1 }]);
    expect(both?.silent).toEqual({ leastMs: 2_000, mostMs: 17_000 });
    expect(both?.back).toEqual({ leastMs: 5_000, mostMs: 60_000 });
  });
  it('is not known without a check, nor while a number is none', () => {
    expect(reactionTime([])).toBeNull();
    expect(reactionTime([check, { ...check, fall: Number.NaN }])).toBeNull();
    expect(reactionTime([{ ...check, changingIntervalMs: Number.NaN }])).toBeNull();
  });
  it('holds whenever it happens', () => {
    const settings = fc.record({
      intervalMs: fc.integer({ min: 200, max: 20_000 }), changingIntervalMs: fc.option(fc.integer({ min: 200, max: 20_000 })),
      timeoutMs: fc.integer({ min: 50, max: 20_000 }), rise: fc.integer({ min: 1, max: 5 }), fall: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(fc.property(settings, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
      const found = reactionTime([one]);
      if (found === null) throw new Error('numbers all');
      const took = (tries: number, tryMs: number) => played(one, share * one.intervalMs, tries, tryMs);
      for (const [span, ms] of [[found.silent, took(one.fall, one.timeoutMs)], [found.refusing, took(one.fall, 0)], [found.back, took(one.rise, 0)]] as const) {
        expect(ms).toBeGreaterThanOrEqual(span.leastMs - 1e-6);
        expect(ms).toBeLessThanOrEqual(span.mostMs + 1e-6);
      }
    }));
  });
});
