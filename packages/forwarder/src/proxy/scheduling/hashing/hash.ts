// The hashes by which the kernel spreads addresses.
import { addressBytes } from '@weir/model';
import type { IpAddress } from '@weir/model';

/** An address as 32 bits: an IPv6 address is the exclusive or of its four words (`addr_fold` in ip_vs_dh.c, ip_vs_sh.c, ip_vs_mh.c). */
export function folded(address: IpAddress): number {
  const bytes = addressBytes(address);
  let folding = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    folding ^= ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  }
  return folding >>> 0;
}

/** include/linux/hash.h, hash_32 with 8 bits: the upper ones of a product with the golden ratio. */
export function goldenByte(value: number): number {
  return Math.imul(value, 0x61c88647) >>> 24;
}

function rotated(word: bigint, bits: bigint): bigint {
  return BigInt.asUintN(64, word << bits) | (word >> (64n - bits));
}

type Words = [bigint, bigint, bigint, bigint];

/** include/linux/siphash.h, SIPHASH_PERMUTATION. */
function permuted([a, b, c, d]: Words): Words {
  const ab = BigInt.asUintN(64, a + b);
  const cd = BigInt.asUintN(64, c + d);
  const b1 = rotated(b, 13n) ^ ab;
  const d1 = rotated(d, 16n) ^ cd;
  const abd = BigInt.asUintN(64, rotated(ab, 32n) + d1);
  const cbd = BigInt.asUintN(64, cd + b1);
  return [abd, rotated(b1, 17n) ^ cbd, rotated(cbd, 32n), rotated(d1, 21n) ^ abd];
}

/** lib/siphash.c, hsiphash_1u32 as 64-bit kernels have it (SipHash-1-3, of which 32 bits are taken), with both halves of the key alike. */
export function sipHash(value: number, key: bigint): number {
  const block = (4n << 56n) | BigInt(value >>> 0);
  let words: Words = [
    0x736f6d6570736575n ^ key, 0x646f72616e646f6dn ^ key, 0x6c7967656e657261n ^ key, 0x7465646279746573n ^ key ^ block,
  ];
  words = permuted(words);
  words[0] ^= block;
  words[2] ^= 0xffn;
  const [a, b, c, d] = permuted(permuted(permuted(words)));
  return Number((a ^ b ^ c ^ d) & 0xffff_ffffn);
}
