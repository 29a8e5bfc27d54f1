import { addressBytes } from '@weir/model';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf } from './network.ts';

function bits(address: string): string {
  return addressBytes(address).map((byte) => byte.toString(2).padStart(8, '0')).join('');
}

test.each([
  ['10.1.2.3', '10.1.2.200', 24, true], ['10.1.2.3', '10.1.3.3', 24, false], ['10.1.2.3', '10.1.3.3', 23, true],
  ['10.1.2.3', '10.1.2.2', 31, true], ['10.1.2.3', '10.1.2.2', 32, false], ['127.0.0.1', '128.0.0.1', 1, false],
  ['fd00::1', 'fd00::ffff', 112, true], ['fd00::1', 'fd00::1:1', 112, false], ['fd00::1', 'fd00::2', 128, false],
])('%s and %s by /%i: the same %s', (one, other, prefixLength, same) => {
  expect(networkOf(one, prefixLength) === networkOf(other, prefixLength)).toBe(same);
});

test('is the same exactly where the first bits are', () => {
  fc.assert(fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 1, max: 32 }), (one, other, prefixLength) => {
    const same = bits(one).slice(0, prefixLength) === bits(other).slice(0, prefixLength);
    expect(networkOf(one, prefixLength) === networkOf(other, prefixLength)).toBe(same);
  }));
});
