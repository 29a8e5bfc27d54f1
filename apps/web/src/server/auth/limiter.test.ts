// Counting attempts within a window.
import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

describe('a limiter', () => {
  it('lets the given number through and says how long to wait', () => {
    let now = 1_000;
    const limiter = createLimiter({ attemptsMax: 2, windowMs: 500 }, () => now);
    expect([limiter.take('a'), limiter.take('a')]).toEqual([null, null]);
    now += 100;
    expect(limiter.take('a')).toBe(400);
    expect(limiter.take('b')).toBeNull();
    now += 400;
    expect(limiter.take('a')).toBeNull();
  });

  it('takes back what was given back, and no more', () => {
    const limiter = createLimiter({ attemptsMax: 1, windowMs: 500 }, () => 0);
    limiter.take('a');
    limiter.giveBack('a');
    limiter.giveBack('a');
    limiter.giveBack('unknown');
    expect(limiter.take('a')).toBeNull();
    expect(limiter.take('a')).toBe(500);
  });

  it('forgets the oldest key when it has too many', () => {
    const limiter = createLimiter({ attemptsMax: 1, windowMs: 500 }, () => 0, 2);
    for (const key of ['a', 'b', 'c']) expect(limiter.take(key)).toBeNull();
    expect(limiter.take('c')).toBe(500);
    expect(limiter.take('b')).toBe(500);
    expect(limiter.take('a')).toBeNull();
  });
});
