// Waiting between tries: longer each time, never beyond the limit, never two alike.
import { expect, it } from 'vitest';
import { createBackoff } from './backoff.ts';

it('doubles up to its limit, and begins anew after a success', () => {
  const backoff = createBackoff({ firstMs: 100, maxMs: 1_000, random: () => 1 });
  expect(Array.from({ length: 6 }, () => backoff.nextMs())).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  backoff.reset();
  expect(backoff.nextMs()).toBe(100);
});

it('is half as long at least, as chance will have it', () => {
  const backoff = createBackoff({ firstMs: 100, maxMs: 100, random: () => 0 });
  expect(backoff.nextMs()).toBe(50);
});

it('stays within its limit after any number of failures', () => {
  const backoff = createBackoff({ firstMs: 500, maxMs: 10_000, random: () => 1 });
  for (let failures = 0; failures < 5_000; failures += 1) backoff.nextMs();
  expect(backoff.nextMs()).toBe(10_000);
});
