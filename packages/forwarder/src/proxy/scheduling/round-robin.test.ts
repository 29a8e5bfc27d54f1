import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundRobin } from './round-robin.ts';
import type { Turn } from './round-robin.ts';
import { from, weighing } from './samples.ts';
import type { Numbered } from './samples.ts';

interface Named extends Numbered {
  readonly name: string;
}

function named(...weights: number[]): Named[] {
  return weighing(weights).map((one) => ({ ...one, name: String.fromCodePoint(97 + one.index) }));
}

function turns(candidates: readonly Named[], count: number, begin: Turn = null, usable: (one: Named) => boolean = () => true): string {
  let state = begin;
  let names = '';
  for (let turn = 0; turn < count; turn += 1) {
    const picked = roundRobin.pick(state, candidates, usable, from('10.0.0.1'));
    state = picked.state;
    names += picked.candidate?.name ?? '-';
  }
  return names;
}

describe('rr', () => {
  test('gives each its turn, whatever its weight, but nothing to weight 0', () => {
    expect(turns(named(1, 9, 0, 3), 6)).toBe('abdabd');
  });

  test('gives no one where there is no one', () => {
    expect(turns([], 2)).toBe('--');
    expect(turns(named(0, 0), 2)).toBe('--');
  });

  test('leaves out what is not usable and goes on after what it picked', () => {
    expect(turns(named(1, 1, 1), 4, null, ({ name }) => name !== 'b')).toBe('acac');
  });

  test('goes on with the next in line after a removal or an addition', () => {
    const [a, b, c, d] = named(1, 1, 1, 1);
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four');
    expect(turns([a, c], 2, roundRobin.changed(b, [a, b, c], [a, c]))).toBe('ca');
    expect(turns([b, c], 2, roundRobin.changed(a, [a, b, c], [b, c]))).toBe('bc');
    expect(turns([a, b, c, d], 2, roundRobin.changed(c, [a, b, c], [a, b, c, d]))).toBe('da');
  });

  test('the shares of any two with a weight differ by at most one turn', () => {
    fc.assert(fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }), fc.nat(200), (weights, count) => {
      const candidates = named(...weights);
      const sequence = turns(candidates, count);
      const sharesOf = (ones: readonly Named[]): number[] => ones.map(({ name }) => sequence.split(name).length - 1);
      const shares = sharesOf(candidates.filter(({ weight }) => weight > 0));
      expect(Math.max(...shares, 0) - Math.min(...shares, Infinity)).toBeLessThanOrEqual(1);
      expect(sharesOf(candidates.filter(({ weight }) => weight === 0)).every((share) => share === 0)).toBe(true);
    }));
  });
});
