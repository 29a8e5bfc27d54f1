// Values that no line leads to.
import { expect, test } from 'vitest';
import { aloneIn } from './alone.ts';

test('a value between gaps stands alone, one beside another does not', () => {
  const rows = [[1, null], [null, 2], [3, 3], [4, null], [null, null], [null, 0]].map((values) => ({ values }));
  expect([aloneIn(rows, 0), aloneIn(rows, 1)]).toEqual([[0], [5]]);
  expect(aloneIn([{ values: [null] }], 0)).toEqual([]);
  expect(aloneIn([], 0)).toEqual([]);
});
