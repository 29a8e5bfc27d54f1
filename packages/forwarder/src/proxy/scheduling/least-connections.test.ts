import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leastConnections, neverQueue, shortestExpectedDelay, weightedLeastConnections } from './least-connections.ts';
import { anyone, filled, from, picks, weighing } from './samples.ts';
import type { Numbered } from './samples.ts';

const arrival = from('10.0.0.1');
const weightsArb = fc.array(fc.nat(12), { minLength: 1, maxLength: 10 });
const all = { lc: leastConnections, wlc: weightedLeastConnections, sed: shortestExpectedDelay, nq: neverQueue };

function loaded(...loads: [weight: number, active: number, inactive?: number][]): Numbered[] {
  return weighing(loads.map(([weight]) => weight)).map((one, at) => ({ ...one, active: loads[at]?.[1] ?? 0, inactive: loads[at]?.[2] ?? 0 }));
}

function pickOf(name: keyof typeof all, candidates: readonly Numbered[]): number | null {
  return all[name].pick(null, candidates, anyone, arrival).candidate?.index ?? null;
}

describe('lc and wlc', () => {
  test('an active connection weighs as much as 256 inactive ones', () => {
    expect(pickOf('lc', loaded([1, 1, 0], [1, 0, 255]))).toBe(1);
    expect(pickOf('lc', loaded([1, 1, 0], [1, 0, 256]))).toBe(0);
    expect(pickOf('lc', loaded([1, 1, 0], [1, 0, 257]))).toBe(0);
    expect(pickOf('wlc', loaded([1, 1, 0], [2, 2, 1]))).toBe(0);
    expect(pickOf('wlc', loaded([1, 1, 1], [2, 2, 1]))).toBe(1);
  });

  test('lc knows no weight but 0', () => {
    expect(pickOf('lc', loaded([0, 0], [1, 2], [100, 3]))).toBe(1);
    expect(filled(leastConnections, [1, 50, 0], 10)).toEqual([5, 5, 0]);
  });

  test('of equally loaded ones the first gets it, idle ones included', () => {
    expect(pickOf('wlc', loaded([1, 0], [100, 0]))).toBe(0);
    expect(pickOf('wlc', loaded([2, 2], [1, 1], [4, 4]))).toBe(0);
  });

  test('the greatest weights are compared to the last connection', () => {
    expect(pickOf('wlc', loaded([2_147_483_647, 4_000], [2_147_483_647, 3_999]))).toBe(1);
  });
});

describe('sed and nq', () => {
  test('sed gives a strong one more before a weak idle one begins', () => {
    expect(filled(shortestExpectedDelay, [10, 1], 9)).toEqual([9, 0]);
    expect(pickOf('sed', loaded([10, 9], [1, 0]))).toBe(0);
    expect(pickOf('sed', loaded([10, 10], [1, 0]))).toBe(1);
  });

  test('nq gives to the first idle one whatever its weight, then as sed', () => {
    expect(filled(neverQueue, [10, 1, 0], 2)).toEqual([1, 1, 0]);
    expect(filled(neverQueue, [10, 1, 0], 10)).toEqual([9, 1, 0]);
  });

  test('inactive connections count for neither', () => {
    expect(pickOf('nq', loaded([1, 0, 900], [5, 1]))).toBe(0);
    expect(pickOf('sed', loaded([1, 0, 900], [1, 1]))).toBe(0);
  });
});

describe('shares', () => {
  // When one got its last connection no other had less per weight, and others only got more since.
  test.each<[keyof typeof all, last: number, others: number]>([['wlc', -1, 0], ['sed', 0, 1]])('of %s follow the weights', (name, last, others) => {
    fc.assert(fc.property(weightsArb, fc.nat(200), (weights, count) => {
      const active = filled(all[name], weights, count);
      expect(active.reduce((sum, one) => sum + one, 0)).toBe(weights.some((weight) => weight > 0) ? count : 0);
      const shares = weights.map((weight, index) => ({ weight, has: active[index] ?? 0 })).filter(({ weight }) => weight > 0);
      const unfair = shares.flatMap((mine) => shares.filter((theirs) => (
        mine.has > 0 && (mine.has + last) * theirs.weight > (theirs.has + others) * mine.weight)));
      expect(unfair).toEqual([]);
    }));
  });

  test('of lc are equal to one', () => {
    fc.assert(fc.property(weightsArb, fc.nat(200), (weights, count) => {
      const shares = filled(leastConnections, weights, count).filter((_, index) => (weights[index] ?? 0) > 0);
      expect(Math.max(...shares, 0) - Math.min(...shares, Infinity)).toBeLessThanOrEqual(1);
    }));
  });

  test('of nq leave nobody idle while another has two', () => {
    fc.assert(fc.property(weightsArb, fc.nat(60), (weights, count) => {
      const shares = filled(neverQueue, weights, count).filter((_, index) => (weights[index] ?? 0) > 0);
      expect([0, 1].includes(Math.max(...shares, 0)) || !shares.includes(0)).toBe(true);
    }));
  });
});

test.each(Object.entries(all))('%s never picks weight 0 or what is not usable, and always someone else there is', (_name, scheduler) => {
  const load = fc.record({ weight: fc.nat(3), active: fc.nat(5), inactive: fc.nat(600) });
  fc.assert(fc.property(fc.array(load, { maxLength: 8 }), fc.nat(255), (loads, mask) => {
    const candidates = loaded(...loads.map(({ weight, active, inactive }): [number, number, number] => [weight, active, inactive]));
    const usable = ({ index }: Numbered): boolean => (mask & (1 << index)) !== 0;
    const possible = candidates.filter((one) => one.weight > 0 && usable(one)).map(({ index }) => index);
    expect(possible.length === 0 ? [null] : possible).toContain(picks(scheduler, candidates, [arrival], usable)[0]);
  }));
});
