import { expect, test } from 'vitest';
import { folded, goldenByte, sipHash } from './hash.ts';

// Computed in C by the macros of linux 6.1: include/linux/hash.h, include/linux/siphash.h, lib/siphash.c.
test.each([
  ['127.0.0.1', 2_130_706_433, 378_526_797, 1_057_420_922, 154, 62],
  ['10.1.2.3', 167_838_211, 724_143_009, 3_705_320_214, 2, 166],
  ['192.168.8.100', 3_232_237_668, 1_528_011_318, 1_743_705_941, 213, 121],
  ['255.255.255.255', 4_294_967_295, 583_391_001, 4_149_874_525, 158, 66],
  ['fd00::1', 4_244_635_649, 3_284_829_978, 1_626_499_234, 140, 48],
  ['2001:db8::8a2e:370:7334', 594_670_754, 1_782_680_929, 2_655_056_907, 251, 159],
])('%s is hashed as the kernel does it', (address, fold, offset, skip, byte, byteWithPort) => {
  expect(folded(address)).toBe(fold);
  expect([sipHash(fold, 2_654_435_761n), sipHash(fold, 2_654_446_892n)]).toEqual([offset, skip]);
  expect([goldenByte(fold), goldenByte(fold + 40_000)]).toEqual([byte, byteWithPort]);
});

test('sums beyond 32 bits wrap as they do there', () => {
  expect(sipHash(4_294_967_295 + 80, 2_654_435_761n)).toBe(273_752_812);
});
