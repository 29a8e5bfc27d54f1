import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { from, weighing } from './samples.ts';
import type { Numbered } from './samples.ts';
import { weightedRoundRobin } from './weighted-round-robin.ts';
import type { Mark } from './weighted-round-robin.ts';

const arrival = from('10.0.0.1');

function turns(
  candidates: readonly Numbered[], count: number, usable: (one: Numbered) => boolean = () => true, begin?: Mark,
): { picks: (number | null)[]; mark: Mark } {
  let mark = begin ?? weightedRoundRobin.begin(candidates);
  const picks: (number | null)[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const picked = weightedRoundRobin.pick(mark, candidates, usable, arrival);
    mark = picked.state;
    picks.push(picked.candidate?.index ?? null);
  }
  return { picks, mark };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** The definition, pass by pass: from the greatest weight down by the common divisor, all that reach it, in order. */
function round(weights: readonly number[]): number[] {
  const step = weights.reduce(divisor, 0);
  const passes = step === 0 ? 0 : Math.max(...weights) / step;
  return Array.from({ length: passes }, (_, pass) => passes - pass)
    .flatMap((level) => weights.flatMap((weight, index) => (weight / step >= level ? [index] : [])));
}

const weightsArb = fc.array(fc.nat(12), { minLength: 1, maxLength: 10 });

describe('wrr', () => {
  test('spreads the heavy ones over a round', () => {
    expect(turns(weighing([4, 3, 2]), 9).picks).toEqual([0, 0, 1, 0, 1, 2, 0, 1, 2]);
    expect(turns(weighing([40, 30, 20]), 9).picks).toEqual([0, 0, 1, 0, 1, 2, 0, 1, 2]);
  });

  test('gives no one where there is no weight', () => {
    expect(turns([], 2).picks).toEqual([null, null]);
    expect(turns(weighing([0, 0]), 2).picks).toEqual([null, null]);
    expect(turns(weighing([3, 1]), 1, () => false).picks).toEqual([null]);
  });

  test('goes on where only weight 0 became usable again', () => {
    const [a] = weighing([0]);
    const { mark } = turns(weighing([0]), 1);
    const raised = weighing([5]);
    const changed = weightedRoundRobin.changed(mark, a === undefined ? [] : [a], raised);
    expect(turns(raised, 3, undefined, changed).picks).toEqual([0, 0, 0]);
  });

  test('a change keeps how far down the round was, on a pass of the new weights', () => {
    const mark = { last: null, passWeight: 7, topWeight: 9, interval: 1 };
    const passAfter = (weights: readonly number[]): number => weightedRoundRobin.changed(mark, [], weighing(weights)).passWeight;
    expect([passAfter([12, 8, 4]), passAfter([4, 4]), passAfter([9, 8]), passAfter([0])]).toEqual([5, 1, 7, 0]);
  });

  test('takes the greatest weights that there are without counting down to the smaller ones', () => {
    const candidates = weighing([2_147_483_647, 1]);
    expect(turns(candidates, 3, ({ index }) => index === 1).picks).toEqual([1, 1, 1]);
    expect(turns(candidates, 3).picks).toEqual([0, 0, 0]);
  });

  test('goes by the definition, round after round', () => {
    fc.assert(fc.property(weightsArb, (weights) => {
      const expected = round(weights);
      if (expected.length === 0) return;
      expect(turns(weighing(weights), expected.length * 2).picks).toEqual([...expected, ...expected]);
    }));
  });

  test('serves each by its weight in every round, also those that begin after a change', () => {
    fc.assert(fc.property(weightsArb, weightsArb, fc.nat(60), (before, after, count) => {
      const [old, now] = [weighing(before), weighing(after)];
      const { mark } = turns(old, count);
      const step = after.reduce(divisor, 0);
      const total = step === 0 ? 0 : after.reduce((sum, weight) => sum + weight, 0) / step;
      // From anywhere in a round, one round's worth of picks is each one's share: the sequence is periodic.
      const picks = turns(now, total * 2, undefined, weightedRoundRobin.changed(mark, old, now)).picks.slice(total);
      for (const { index, weight } of now) expect(picks.filter((pick) => pick === index)).toHaveLength(total === 0 ? 0 : weight / step);
    }));
  });

  test('never picks what is not usable, and always someone who is', () => {
    fc.assert(fc.property(weightsArb, fc.array(fc.integer({ min: 0, max: 1_023 }), { maxLength: 60 }), (weights, masks) => {
      const candidates = weighing(weights);
      let mark = weightedRoundRobin.begin(candidates);
      for (const mask of masks) {
        const usable = ({ index }: Numbered): boolean => (mask & (1 << index)) !== 0;
        const picked = weightedRoundRobin.pick(mark, candidates, usable, arrival);
        mark = picked.state;
        const possible = candidates.filter((one) => one.weight > 0 && usable(one));
        expect(possible.length === 0 ? [null] : possible).toContain(picked.candidate);
      }
    }));
  });
});
