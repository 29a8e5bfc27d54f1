import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { untilNextMs } from './each-second.ts';

it('waits for the same place in a second, whenever it is asked, and never for two in one', () => {
  fc.assert(fc.property(fc.integer({ min: 1_000, max: 2 ** 42 }), fc.integer({ min: 0, max: 999 }), (nowMs, afterMs) => {
    const waitMs = untilNextMs(nowMs, afterMs);
    expect((nowMs + waitMs) % 1_000).toBe(afterMs);
    expect(waitMs).toBeGreaterThanOrEqual(100);
    expect(waitMs).toBeLessThan(1_100);
  }));
});

it('of a timer that came a moment early or late the next one is in the next second, of one that came far too late it is left out', () => {
  expect([untilNextMs(10_399, 400), untilNextMs(10_400, 400), untilNextMs(10_430, 400), untilNextMs(11_350, 400)]).toEqual([1_001, 1_000, 970, 1_050]);
});
