// Series become rows; gaps stay gaps.
import { expect, test } from 'vitest';
import { chartRows, extentIn, sampleAt, splitGaps, type Point } from './rows.ts';

const points = (...pairs: [number, number | null][]): Point[] => pairs.map(([t, value]) => ({ t, value }));
const window = { fromMs: 0, toMs: 100 };

test('a silence becomes a gap, an even step does not', () => {
  expect(splitGaps(points([0, 1], [10, 2], [40, 3]), 20)).toEqual(points([0, 1], [10, 2], [11, null], [40, 3]));
});

test('a null is a gap already', () => {
  const split = points([0, 1], [10, null], [90, 3]);
  expect(splitGaps(split, 20)).toEqual(split);
});

test('series with their own times share rows and keep their lines', () => {
  const rows = chartRows(
    [{ points: points([0, 0], [10, 10]) }, { points: points([5, 7], [15, null], [20, 1]) }],
    window,
    20,
  );
  expect(rows).toEqual([
    { t: 0, values: [0, null] },
    { t: 5, values: [5, 7] },
    { t: 10, values: [10, null] },
    { t: 15, values: [null, null] },
    { t: 20, values: [null, 1] },
  ]);
});

test('one point on either side of the window is kept, the others are not', () => {
  const far = points([-20, 1], [-10, 2], [10, 3], [90, 4], [110, 5], [120, 6]);
  expect(chartRows([{ points: far }], window, 1000).map((row) => row.t)).toEqual([-10, 10, 90, 110]);
  expect(chartRows([{ points: points([-10, 2]) }], window, 1000)).toEqual([]);
});

test('only what lies in the window counts for its extent', () => {
  expect(extentIn(points([-10, 999], [10, 3], [20, 1], [30, 2], [200, 50]), window)).toEqual({ lowest: 1, highest: 3, last: 2 });
  expect(extentIn(points([10, 3], [20, null]), window)).toEqual({ lowest: 3, highest: 3, last: null });
  expect(extentIn(points([10, null], [200, 7]), window)).toBeNull();
});

test('the value at the cursor is the nearest sample, and nothing inside a gap', () => {
  const samples = points([0, 1], [10, 2], [50, null], [90, 4]);
  expect(sampleAt(samples, 9, 10)).toBe(2);
  expect(sampleAt(samples, 30, 10)).toBeNull();
  expect(sampleAt(samples, 52, 10)).toBeNull();
  expect(sampleAt([], 52, 10)).toBeNull();
});
