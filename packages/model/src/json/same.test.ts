import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from './canonical-text.ts';
import { same } from './same.ts';

describe('same', () => {
  it.each<[unknown, unknown, boolean]>([
    [{ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1, c: undefined }, true],
    [{ a: 1, b: undefined }, { a: 1, c: 2 }, false],
    [[1, 2], [2, 1], false], [[1], [1, 1], false], [[], {}, false], [{}, [], false], [{ 0: 'a' }, ['a'], false],
    [null, {}, false], [{}, null, false], [null, undefined, false], [0, -0, true], [1, '1', false], [0, false, false], ['', null, false],
    [{}, { constructor: 1 }, false], [{ toString: null }, {}, false], [JSON.parse('{"__proto__":{}}'), {}, false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(same(a, b)).toBe(expected);
    expect(same(b, a)).toBe(expected);
  });

  it('is equality of the canonical texts', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const shuffledKeys = (given: unknown): unknown => {
      if (Array.isArray(given)) return given.map(shuffledKeys);
      if (typeof given !== 'object' || given === null) return given;
      return Object.fromEntries(Object.entries(given).toReversed().map(([name, field]) => [name, shuffledKeys(field)]));
    };
    fc.assert(fc.property(value, value, (a, b) => {
      expect(same(a, b)).toBe(canonicalText(a) === canonicalText(b));
      expect(same(a, shuffledKeys(structuredClone(a)))).toBe(canonicalText(a) === canonicalText(shuffledKeys(a)));
    }), { numRuns: 2_000 });
  });
});
