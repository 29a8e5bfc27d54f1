import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actualTable, forwardingTable } from '../testing/definitions/arbitrary.ts';
import { canonicalText, digest } from './canonical-text.ts';

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

  it('is what the library of the RFC\'s author writes, for any value', () => {
    const names = fc.oneof(fc.string({ unit: 'binary' }), fc.nat().map(String), fc.constantFrom('', '__proto__', 'toString', 'é', '10', '9', '-1', '\ud83d', '"'));
    const numbers = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(-0, 1e21, 1e-7, 2 ** 53));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' }, fc.constantFrom(null, true, false), numbers, fc.string({ unit: 'binary' }),
        fc.array(tie('value')), fc.dictionary(names, fc.oneof(tie('value'), fc.constant(undefined))),
      ),
    }));
    fc.assert(fc.property(value, (any) => { expect(canonicalText(any)).toBe(canonicalize(any)); }), { numRuns: 3_000 });
    fc.assert(fc.property(fc.oneof(forwardingTable, actualTable), (table) => { expect(canonicalText(table)).toBe(canonicalize(table)); }));
  });

  it.each([undefined, () => 1, 1n, Number.NaN, Number.POSITIVE_INFINITY, [1n], [undefined], { a: Number.NaN }, Symbol('x')])('refuses what JSON cannot hold: %o', (value) => {
    expect(() => canonicalText(value)).toThrow(TypeError);
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
