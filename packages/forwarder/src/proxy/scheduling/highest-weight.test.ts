import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failover, overflow } from './highest-weight.ts';
import { filled, from, picks, weighing } from './samples.ts';
import type { Numbered } from './samples.ts';

const arrivals = Array.from({ length: 3 }, () => from('10.0.0.1'));
const without = (...indices: number[]) => ({ index }: Numbered): boolean => !indices.includes(index);

describe('fo', () => {
  test('gives all to the highest weight, and to the next one when that is gone', () => {
    const candidates = weighing([5, 9, 0, 9, 7]);
    expect(picks(failover, candidates, arrivals)).toEqual([1, 1, 1]);
    expect(picks(failover, candidates, arrivals, without(1))).toEqual([3, 3, 3]);
    expect(picks(failover, candidates, arrivals, without(1, 3))).toEqual([4, 4, 4]);
    expect(picks(failover, candidates, arrivals, without(0, 1, 3, 4))).toEqual([null, null, null]);
    expect(filled(failover, [5, 9], 100)).toEqual([0, 100]);
  });
});

describe('ovf', () => {
  test('goes to the next one when the active connections exceed the weight', () => {
    expect(filled(overflow, [2, 3], 4)).toEqual([0, 4]);
    expect(filled(overflow, [2, 3], 7)).toEqual([3, 4]);
  });

  test('has nobody when all exceed theirs', () => {
    expect(filled(overflow, [2, 3, 0], 100)).toEqual([3, 4, 0]);
  });

  test('passes over what is not usable', () => {
    expect(filled(overflow, [2, 3], 2, without(1))).toEqual([2, 0]);
  });
});

test.each([['fo', failover], ['ovf', overflow]])('%s never picks anything but the highest usable weight', (_name, scheduler) => {
  fc.assert(fc.property(fc.array(fc.nat(5), { maxLength: 8 }), fc.nat(255), (weights, mask) => {
    const usable = ({ index }: Numbered): boolean => (mask & (1 << index)) !== 0;
    const candidates = weighing(weights);
    const [picked] = picks(scheduler, candidates, arrivals, usable);
    const highest = candidates.filter(usable).reduce((most, { weight }) => Math.max(most, weight), 0);
    const expected = candidates.find((one) => usable(one) && one.weight === highest && highest > 0);
    expect(picked).toBe(expected?.index ?? null);
  }));
});
