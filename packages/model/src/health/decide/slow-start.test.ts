import { expect, it } from 'vitest';
import { stepOf } from './slow-start.ts';

it('goes in steps from the return to the full share', () => {
  expect([1_000, 2_999, 3_000, 20_999].map((nowMs) => stepOf(1_000, 20, nowMs)?.share)).toEqual([0.05, 0.05, 0.15, 0.95]);
  expect(stepOf(1_000, 20, 1_000)?.untilMs).toBe(3_000);
  expect([stepOf(1_000, 20, 21_000), stepOf(null, 20, 1_000), stepOf(1_000, 0, 1_000)]).toEqual([null, null, null]);
});

it('is over where the clock was set back behind the return: it would last for as long as that', () => {
  expect(stepOf(3_600_000, 20, 1_000)).toBeNull();
});
