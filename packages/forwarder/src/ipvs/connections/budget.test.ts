// Never more than the allowance within any stretch of its length.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Budget } from './budget.ts';

const allowance = { spendMs: 250, withinMs: 10_000 };

it('is whole at first, and again when what was spent is long enough ago', () => {
  let now = 0;
  const budget = new Budget(allowance, () => now);
  expect([budget.leftMs, budget.waitMs(50), budget.waitMs(9_999)]).toEqual([250, 0, 0]);
  budget.spend(220);
  now = 4_000;
  budget.spend(30);
  expect([budget.leftMs, budget.waitMs(50)]).toEqual([0, 6_000]);
  now = 10_000;
  expect([budget.leftMs, budget.waitMs(50), budget.waitMs(250)]).toEqual([220, 0, 4_000]);
});

it('is not exceeded by who waits as long as told, and spends what is left', () => {
  fc.assert(fc.property(fc.array(fc.record({ thinkMs: fc.nat(5_000), share: fc.double({ min: 0, max: 1, noNaN: true }) }), { maxLength: 40 }), (asks) => {
    let now = 0;
    const budget = new Budget(allowance, () => now);
    const spent: { atMs: number; spentMs: number }[] = [];
    for (const { thinkMs, share } of asks) {
      now += thinkMs;
      now += budget.waitMs(50);
      const spentMs = budget.leftMs * share;
      expect(budget.leftMs).toBeGreaterThanOrEqual(50 - 1e-6);
      budget.spend(spentMs);
      spent.push({ atMs: now, spentMs });
      const within = spent.filter(({ atMs }) => atMs > now - allowance.withinMs).reduce((sum, one) => sum + one.spentMs, 0);
      expect(within).toBeLessThanOrEqual(250 + 1e-6);
    }
  }));
});
