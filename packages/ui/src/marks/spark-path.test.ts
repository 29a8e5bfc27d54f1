// A sparkline's path.
import { expect, test } from 'vitest';
import { sparkPath } from './spark-path.ts';

const size = { width: 30, height: 12 };

test('values rise from the bottom in even steps', () => {
  expect(sparkPath([0, 5, 10, 5], size)).toBe('M0 11L10 6L20 1L30 6');
});

test('a gap breaks the line', () => {
  expect(sparkPath([10, 10, null, 10, 10], size)).toBe('M0 1L7.5 1M22.5 1L30 1');
});

test('a value between gaps is a dot', () => {
  expect(sparkPath([null, 10, null], size)).toBe('M15 1h0');
});

test('zeros lie at the bottom and nothing draws nothing', () => {
  expect(sparkPath([0, 0], size)).toBe('M0 11L30 11');
  expect(sparkPath([null, null], size)).toBe('');
  expect(sparkPath([], size)).toBe('');
});

test('a given top is shared by several lines and cuts what exceeds it', () => {
  expect(sparkPath([5, 20], size, 10)).toBe('M0 6L30 1');
});
