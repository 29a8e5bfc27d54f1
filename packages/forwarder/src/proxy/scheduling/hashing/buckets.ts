// Schedulers that give each hash a bucket, and each bucket a real server: dh, sh, mh.
import type { Arrival, Candidate, Scheduler } from '../scheduler.ts';

/** For each bucket the index of its candidate, -1 where it has none. Null until somebody needs it after a change: filling takes its time. */
export type Buckets = Int32Array | null;

export interface Spreading {
  readonly fill: (candidates: readonly Candidate[]) => Int32Array;
  /** The bucket of an arrival; with an offset, that of another try. */
  readonly bucketOf: (arrival: Arrival, offset: number) => number;
  /** Whether another bucket is tried where the one's owner is not available. */
  readonly fallback: boolean;
}

/**
 * Who has the arrival's bucket; where that one is quiesced or not usable, nobody, or with `fallback` the first available one from the
 * offset on that is the bucket itself (ip_vs_sh_get_fallback, ip_vs_mh_get_fallback).
 */
function find<C extends Candidate>(
  { bucketOf, fallback }: Spreading, buckets: Int32Array, candidates: readonly C[], usable: (candidate: C) => boolean, arrival: Arrival,
): C | null {
  const available = (one: C): boolean => one.weight > 0 && usable(one);
  const ownerOf = (bucket: number): C | undefined => candidates[buckets[bucket] ?? -1];
  const first = bucketOf(arrival, 0);
  const owner = ownerOf(first);
  if (owner === undefined) return null;
  if (available(owner)) return owner;
  if (!fallback || !candidates.some(available)) return null;
  for (let offset = 0; offset < buckets.length; offset += 1) {
    const other = ownerOf(bucketOf(arrival, (offset + first) % buckets.length));
    if (other !== undefined && available(other)) return other;
  }
  return null;
}

export function byBucket(spreading: Spreading): Scheduler<Buckets> {
  return {
    begin: () => null,
    changed: () => null,
    pick(state, candidates, usable, arrival) {
      const buckets = state ?? spreading.fill(candidates);
      return { state: buckets, candidate: find(spreading, buckets, candidates, usable, arrival) };
    },
  };
}
