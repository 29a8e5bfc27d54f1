// Lines on top of each other.
import { expect, test } from 'vitest';
import { highestSum, stacked } from './stack.ts';

test('each line stands on those before it, and what is unknown is left out of the sum', () => {
  const rows = stacked([{ t: 0, values: [1, 2, 3] }, { t: 1, values: [1, null, 3] }, { t: 2, values: [null, null, null] }]);
  expect(rows.map(({ values }) => values)).toEqual([[[0, 1], [1, 3], [3, 6]], [[0, 1], null, [1, 4]], [null, null, null]]);
  expect(highestSum(rows)).toBe(6);
});

test('where nothing is known there is no sum, and no 0', () => {
  expect(highestSum(stacked([{ t: 0, values: [null] }]))).toBeNull();
  expect(highestSum([])).toBeNull();
});
