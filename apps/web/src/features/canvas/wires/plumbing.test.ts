// The way that replies take around a director is drawn where it is in sight, and nowhere else.
import { expect, test } from 'vitest';
import { returnPath } from './plumbing.tsx';

const [x, top, bottom] = [900, 100, 500_000];

test('it ends where sight does, whatever it goes around', () => {
  expect(returnPath(x, top, bottom, { y: -200, height: 1_800 })).toBe('M900 100V1600');
  expect(returnPath(x, top, bottom, { y: 200_003, height: 1_000 })).toBe('M900 199999V201003');
  expect(returnPath(x, top, bottom, { y: 499_500, height: 1_000 })).toMatch(/^M900 49949\dV499992q.*H55$/);
});

test('its dashes stay where they are while it is scrolled', () => {
  const starts = [1_000, 1_001, 1_006, 1_500].map((y) => Number(/^M900 (\d+)V/.exec(returnPath(x, top, bottom, { y, height: 900 }))?.[1]));
  expect(starts.map((start) => (start - top) % 7)).toEqual([0, 0, 0, 0]);
});

test('of what is above or below nothing is drawn', () => {
  expect([returnPath(x, top, 800, { y: 900, height: 900 }), returnPath(x, 2_000, 3_000, { y: 900, height: 900 })]).toEqual(['', '']);
});
