// Which intervals there were already.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIVED_MAX, LivedTime } from './lived-time.ts';

const spansOf = (starts: readonly number[], lived = new LivedTime([])): LivedTime => {
  for (const start of starts) lived.add({ fromMs: start * 10, toMs: start * 10 + 10 });
  return lived;
};

describe('lived time', () => {
  it('has what was added, and joins what touches', () => {
    expect(spansOf([3, 1, 2, 7]).spans).toEqual([{ fromMs: 10, toMs: 40 }, { fromMs: 70, toMs: 80 }]);
    expect(spansOf([1, 1, 1]).spans).toEqual([{ fromMs: 10, toMs: 20 }]);
    const lived = spansOf([5]);
    expect([49, 50, 59, 60].map((atMs) => lived.has(atMs))).toEqual([false, true, true, false]);
  });

  it('never forgets anything, and is bounded: what lies between the closest is taken for lived', () => {
    fc.assert(fc.property(fc.array(fc.nat(100_000), { maxLength: 120 }), (starts) => {
      const lived = spansOf(starts);
      expect(lived.spans.length).toBeLessThanOrEqual(LIVED_MAX);
      expect(starts.every((start) => lived.has(start * 10))).toBe(true);
    }));
    const many = spansOf(Array.from({ length: LIVED_MAX }, (_, at) => at * 100));
    many.add({ fromMs: 20, toMs: 30 });
    expect([many.spans.length, many.spans[0], many.has(10)]).toEqual([LIVED_MAX, { fromMs: 0, toMs: 30 }, true]);
  });
});
