// Real servers in miniature.
import { expect, test } from 'vitest';
import { dotsOf } from './dots.ts';

test('each has a dot, the gravest first', () => {
  expect(dotsOf({ all: 4, down: 1, draining: 1, out: 0 }, 12)).toEqual({ dots: ['down', 'draining', 'up', 'up'], left: 0 });
});

test('what has no room is counted', () => {
  expect(dotsOf({ all: 1_000, down: 0, draining: 0, out: 2 }, 3)).toEqual({ dots: ['out', 'out', 'up'], left: 997 });
});

test('counts of several directors that do not add up are no more than they say', () => {
  expect(dotsOf({ all: 2, down: 2, draining: 1, out: 0 }, 12).dots).toEqual(['down', 'down', 'draining']);
  expect(dotsOf({ all: 0, down: 0, draining: 0, out: 0 }, 12)).toEqual({ dots: [], left: 0 });
});
