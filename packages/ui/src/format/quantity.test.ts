// Figures with units.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisText, exactText, inUnit, quantityText, unitFor } from './quantity.ts';

test.each([
  [0, '0'], [418, '418'], [999, '999'], [1000, '1.00k'], [12_431, '12.4k'], [999_499, '999k'], [999_500, '1.00M'],
  [1_000_000, '1.00M'], [12_431n, '12.4k'], [2n ** 64n - 1n, '18.4E'],
])('%s connections are written %s', (value, text) => {
  expect(quantityText(value, 'count', 'en')).toBe(text);
});

test.each([
  [0, '0 b/s'], [88e6, '88.0 Mb/s'], [1.82e9, '1.82 Gb/s'], [212e6, '212 Mb/s'], [12.5, '12.5 b/s'], [0.25, '0.25 b/s'],
])('%s bits per second are written %s', (value, text) => {
  expect(quantityText(value, 'bitsPerSecond', 'en')).toBe(text);
});

test('bytes and rates carry their units', () => {
  expect(quantityText(1234, 'bytes', 'en')).toBe('1.23 kB');
  expect(quantityText(512n, 'bytes', 'en')).toBe('512 B');
  expect(quantityText(108_000, 'countPerSecond', 'en')).toBe('108k/s');
  expect(quantityText(1.5, 'countPerSecond', 'en')).toBe('1.50/s');
  expect(quantityText(999.7, 'bytesPerSecond', 'en')).toBe('1.00 kB/s');
});

test('unknown is a dash and never zero', () => {
  expect(quantityText(null, 'bytes', 'en')).toBe('—');
  expect(quantityText(Number.NaN, 'count', 'en')).toBe('—');
  expect(inUnit(null, unitFor('bytes', 5e6), 'bytes', 'en')).toBe('—');
  expect(exactText(null, 'en')).toBe('—');
});

test('all values of an axis share the unit of its largest', () => {
  const unit = unitFor('bitsPerSecond', 2e9);
  expect(inUnit(1.82e9, unit, 'bitsPerSecond', 'en')).toBe('1.82 Gb/s');
  expect(inUnit(4e6, unit, 'bitsPerSecond', 'en')).toBe('0.00 Gb/s');
  expect(inUnit(40e6, unit, 'bitsPerSecond', 'en')).toBe('0.04 Gb/s');
  expect([0, 0.5e9, 1e9].map((mark) => axisText(mark, unit, 'en'))).toEqual(['0 Gb/s', '0.5 Gb/s', '1 Gb/s']);
});

test('the language decides the separators', () => {
  expect(quantityText(12_431, 'count', 'de')).toBe('12,4k');
  expect(quantityText(12_431, 'count', 'zh-CN')).toBe('12.4k');
  expect(exactText(12_431n, 'en')).toBe('12,431');
  expect(exactText(2n ** 64n, 'en')).toBe('18,446,744,073,709,551,616');
});

test('no value needs more than four places before the unit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n }), (value) => {
      const digits = quantityText(value, 'bytes', 'en').split(' ')[0] ?? '';
      expect(digits.length).toBeLessThanOrEqual(4);
    }),
  );
});
