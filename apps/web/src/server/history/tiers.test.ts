import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseTier, stepsOf } from './tiers.ts';
import type { Stock } from './tiers.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 23, 12, 0, 7);
const full: Stock = { sinceMs: ({ keepMs }) => nowMs - keepMs, rowsMax: () => 30_000 };
const back = (spanMs: number, steps = 300) => ({ fromMs: nowMs - spanMs, toMs: nowMs, steps });

/** Rows begin where the first that they hold does, or before; what is coarser is there as soon as it is over. */
function since(firstMs: number): Stock {
  return {
    sinceMs: ({ lengthMs }) => {
      const start = Math.floor(firstMs / lengthMs) * lengthMs;
      return lengthMs > 10_000 && start + lengthMs > nowMs ? null : start;
    },
    rowsMax: () => 30_000,
  };
}

describe('what a range is read in', () => {
  it.each([[hourMs, 10], [6 * hourMs, 60], [dayMs, 60], [3 * dayMs, 600], [30 * dayMs, 600], [365 * dayMs, 10_800]])('%d ms of services by %d s', (spanMs, seconds) => {
    expect(chooseTier('services', back(spanMs), full).tier.lengthMs).toBe(seconds * 1_000);
  });

  it('is coarser where the finer does not reach so far', () => {
    expect(chooseTier('services', { fromMs: nowMs - 3 * dayMs, toMs: nowMs - 3 * dayMs + hourMs, steps: 300 }, full).tier.lengthMs).toBe(60_000);
    expect(chooseTier('realServers', { fromMs: nowMs - 40 * dayMs, toMs: nowMs - 39 * dayMs, steps: 300 }, full).stepMs).toBeGreaterThan(0);
  });

  it.each([25 * 60_000, 3 * hourMs + 7 * 60_000, 23 * hourMs + 47 * 60_000 + 13_000])('is as fine as it gets where history began %d ms ago', (agoMs) => {
    const young = since(nowMs - agoMs);
    const of = (spanMs: number): number => chooseTier('services', back(spanMs), young).tier.lengthMs;
    expect([hourMs, dayMs, 30 * dayMs].map(of)).toEqual([10_000, 60_000, 600_000]);
  });

  it('is coarser where the finer has lost more than a row of the coarser', () => {
    const cut = (firstMs: number): Stock => ({ rowsMax: () => 30_000, sinceMs: (tier) => (tier.lengthMs === 10_000 ? firstMs : since(nowMs - 3 * hourMs).sinceMs(tier)) });
    const of = (stock: Stock): number => chooseTier('services', back(hourMs * 3, 1_080), stock).tier.lengthMs;
    expect([of(cut(nowMs - 3 * hourMs)), of(cut(nowMs - 2 * hourMs))]).toEqual([10_000, 60_000]);
  });

  it('is no more rows than may be read', () => {
    expect(chooseTier('services', back(dayMs), { ...full, rowsMax: () => 1_000 }).tier.lengthMs).toBe(600_000);
    expect(chooseTier('realServers', back(dayMs), { ...full, rowsMax: ({ lengthMs }) => (lengthMs === 60_000 ? 300 : 1_000) }).tier.lengthMs).toBe(600_000);
    expect(chooseTier('services', back(dayMs), { ...full, rowsMax: () => 1 }).tier.lengthMs).toBe(10_800_000);
  });
});

it('steps hold the whole range, are multiples of what is read, and never more than asked for', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: nowMs }), fc.integer({ min: 1, max: 400 * dayMs }), fc.integer({ min: 2, max: 300 }), fc.constantFrom(1_000, 10_000, 60_000, 600_000, 10_800_000), (fromMs, spanMs, steps, lengthMs) => {
    const axis = stepsOf(lengthMs, { fromMs, toMs: fromMs + spanMs, steps });
    const count = (axis.toMs - axis.fromMs) / axis.stepMs;
    expect({ multiple: axis.stepMs % lengthMs, begins: axis.fromMs % axis.stepMs, whole: Number.isInteger(count), few: count >= 1 && count <= steps, holds: axis.fromMs <= fromMs && axis.toMs >= fromMs + spanMs })
      .toEqual({ multiple: 0, begins: 0, whole: true, few: true, holds: true });
  }));
});
