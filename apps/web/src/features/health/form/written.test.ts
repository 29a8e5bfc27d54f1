// What a person writes is read as it was meant, and written as it was read.
import { expect, test } from 'vitest';
import { readOptionalSeconds, readSeconds, readStatuses, writeSeconds, writeStatuses } from './written.ts';

test.each<[string, number]>([['5', 5_000], ['0.5', 500], ['0,25', 250], [' 12 ', 12_000], ['', Number.NaN], ['5s', Number.NaN], ['-1', Number.NaN], ['1.2345', Number.NaN], ['.5', Number.NaN]])(
  'seconds %j are %d ms', (text, ms) => expect(readSeconds(text)).toBe(ms));

test('nothing written is nothing set where that is possible', () => {
  expect([readOptionalSeconds(''), readOptionalSeconds('2'), readOptionalSeconds('x')]).toEqual([null, 2_000, Number.NaN]);
  expect([writeSeconds(null), writeSeconds(Number.NaN), writeSeconds(500), writeSeconds(5_000)]).toEqual(['', '', '0.5', '5']);
});

test.each<[string, [number, number][]]>([
  ['200', [[200, 200]]], ['200-299, 301', [[200, 299], [301, 301]]], ['200 – 204;404', [[200, 204], [404, 404]]], ['', []],
])('status codes %j are ranges', (text, ranges) => {
  expect(readStatuses(text).map(({ from, to }) => [from, to])).toEqual(ranges);
  expect(readStatuses(writeStatuses(readStatuses(text)))).toEqual(readStatuses(text));
});

test('what is no status code is refused as a whole, not left out', () => {
  expect(readStatuses('2xx, 301')).toEqual([{ from: Number.NaN, to: Number.NaN }, { from: 301, to: 301 }]);
});
