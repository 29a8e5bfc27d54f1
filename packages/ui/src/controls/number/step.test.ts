// What an arrow key makes of a typed number.
import { expect, test } from 'vitest';
import { stepped } from './step.ts';

test('a step adds and takes', () => {
  expect(stepped('7', 1)).toBe('8');
  expect(stepped(' 7 ', -10)).toBe('-3');
});

test('a step stays within the limits', () => {
  expect(stepped('65535', 1, 1, 65_535)).toBe('65535');
  expect(stepped('0', -1, 0)).toBe('0');
});

test('an empty field begins at the lower limit or at zero', () => {
  expect(stepped('', 1)).toBe('0');
  expect(stepped('', 1, 1)).toBe('1');
});

test.each(['x', '1.5', '1e9', '0x10', '--1', '9'.repeat(16)])('%s is left alone', (text) => {
  expect(stepped(text, 1)).toBeNull();
});
