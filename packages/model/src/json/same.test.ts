import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, digest, same } from './same.ts';

describe('canonicalText', () => {
  it('is what RFC 8785 §3.2.2 and §3.2.3 print', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalText(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
    expect(canonicalText({ '\u20ac': 1, '\r': 2, '\ufb33': 3, 1: 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
  });

  it.each([undefined, () => 1, 1n, Number.NaN, Number.POSITIVE_INFINITY, [1n]])('refuses what JSON cannot hold: %s', (value) => {
    expect(() => canonicalText(value)).toThrow(/not allowed|JSON|BigInt/);
  });
});

describe('digest', () => {
  it.each([
    [[], '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945'],
    [{}, '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'],
    ['', '12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126'],
  ])('of %j is known', (value, hex) => expect(digest(value)).toBe(hex));

  it('is SHA-256 of the canonical text in UTF-8', () => {
    fc.assert(fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
      expect(digest(value)).toBe(createHash('sha256').update(canonicalText(value), 'utf8').digest('hex'));
    }));
  });
});

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
