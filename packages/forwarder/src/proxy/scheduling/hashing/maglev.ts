// mh: by the client's address like sh, but a change moves little else than its own share (net/netfilter/ipvs/ip_vs_mh.c).
import type { Candidate, Scheduler } from '../scheduler.ts';
import { byBucket } from './buckets.ts';
import type { Buckets } from './buckets.ts';
import { folded, sipHash } from './hash.ts';

/** CONFIG_IP_VS_MH_TAB_INDEX 12: the fifth of its primes, and weights of at most 6 bits. */
export const maglevBuckets = 4_093;
const weightBits = 6;

/** generate_hash_secret: both halves of each key. */
const offsetKey = 2_654_435_761n;
const skipKey = 2_654_446_892n;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}

/**
 * How many buckets each takes in its turn: its weight, in the greatest unit that they have in common, less the bits beyond six; at least
 * one. A quiesced one keeps the turns of its last weight, so that nothing moves (ip_vs_mh_gcd_weight, ip_vs_mh_shift_weight).
 */
function turnsOf(candidates: readonly Candidate[]): number[] {
  const weights = candidates.map(({ lastWeight }) => lastWeight);
  const unit = weights.reduce(greatestCommonDivisor, 0);
  if (unit === 0) return weights;
  const shift = Math.max(0, bitLength(weights.reduce((most, weight) => Math.max(most, weight), 0) / unit) - weightBits);
  return weights.map((weight) => (weight === 0 ? 0 : Math.max(1, (weight / unit) >> shift)));
}

/** Each goes through all buckets in an order of its own and takes the next free one, turn by turn (ip_vs_mh_permutate, ip_vs_mh_populate). */
function fill(candidates: readonly Candidate[]): Int32Array {
  const buckets = new Int32Array(maglevBuckets).fill(-1);
  const turns = turnsOf(candidates);
  const keys = candidates.map(({ endpoint }) => folded(endpoint.rip) + endpoint.port);
  const next = keys.map((key) => sipHash(key, offsetKey) % maglevBuckets);
  const skips = keys.map((key) => (sipHash(key, skipKey) % (maglevBuckets - 1)) + 1);
  let left = turns.some((count) => count > 0) ? maglevBuckets : 0;
  while (left > 0) {
    for (let index = 0; index < turns.length && left > 0; index += 1) {
      for (let turn = Math.min(turns[index] ?? 0, left); turn > 0; turn -= 1, left -= 1) {
        let bucket = next[index] ?? 0;
        while (buckets[bucket] !== -1) bucket = (bucket + (skips[index] ?? 0)) % maglevBuckets;
        buckets[bucket] = index;
        next[index] = bucket;
      }
    }
  }
  return buckets;
}

export function maglev({ fallback, port }: { readonly fallback: boolean; readonly port: boolean }): Scheduler<Buckets> {
  return byBucket({
    fill, fallback,
    bucketOf: ({ cip, clientPort }, offset) => sipHash(offset + (port ? clientPort : 0) + folded(cip), offsetKey) % maglevBuckets,
  });
}
