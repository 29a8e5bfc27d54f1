// The top of a y axis.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextYScale, shrinkAfterMs, stepAbove, yTicks, type YScale } from './y-scale.ts';

test.each([
  [0, 1], [0.15, 0.2], [0.2, 0.2], [1, 1], [1.01, 2], [3, 5], [5.1, 10], [99, 100], [123_456, 200_000], [1e9, 1e9],
  [Number.NaN, 1], [Infinity, 1], [-4, 1],
])('%s needs an axis up to %s', (value, step) => {
  expect(stepAbove(value)).toBe(step);
});

test('the step holds the value and is at most two and a half times it', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e18, noNaN: true }), (value) => {
      expect(stepAbove(value)).toBeGreaterThanOrEqual(value);
      expect(stepAbove(value)).toBeLessThanOrEqual(value * 2.5 * (1 + 1e-9));
    }),
  );
});

test('the axis grows at once', () => {
  expect(nextYScale({ top: 10, belowSinceMs: 3 }, 11, 5)).toEqual({ top: 20, belowSinceMs: null });
});

test('the axis shrinks only after its wait, and the wait starts again when a value reaches up', () => {
  let scale: YScale = { top: 100, belowSinceMs: null };
  const at = (largest: number, seconds: number) => (scale = nextYScale(scale, largest, seconds * 1000)).top;
  expect(at(10, 0)).toBe(100);
  expect(at(10, 29)).toBe(100);
  expect(at(60, 29.5)).toBe(100);
  expect(at(10, 31)).toBe(100);
  expect(at(10, 60.9)).toBe(100);
  expect(at(10, 61)).toBe(10);
});

test('nothing measured leaves the axis at 1, and the object as it is', () => {
  const scale = nextYScale(null, null, 0);
  expect(scale.top).toBe(1);
  expect(nextYScale(scale, 0.9, 99)).toBe(scale);
});

test('under steady noise the axis changes at most once in its wait', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 15, max: 60 }), { minLength: 10, maxLength: 300 }), (values) => {
      let scale: YScale | null = null;
      const shrinks: number[] = [];
      values.forEach((value, second) => {
        const before: YScale | null = scale;
        scale = nextYScale(before, value, second * 1000);
        if (before && scale.top < before.top) shrinks.push(second * 1000);
        expect(scale.top).toBeGreaterThanOrEqual(value);
      });
      shrinks.slice(1).forEach((at, index) => expect(at - (shrinks[index] ?? 0)).toBeGreaterThanOrEqual(shrinkAfterMs));
    }),
  );
});

test('lines are even parts, and whole for counts', () => {
  expect(yTicks(5, false)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(yTicks(20, false)).toEqual([0, 5, 10, 15, 20]);
  expect(yTicks(1, true)).toEqual([0, 1]);
  expect(yTicks(2, true)).toEqual([0, 1, 2]);
  expect(yTicks(1, false)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
