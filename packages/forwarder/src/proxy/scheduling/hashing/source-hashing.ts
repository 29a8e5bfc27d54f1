// sh: by the client's address, and with `port` its port too (net/netfilter/ipvs/ip_vs_sh.c).
import type { Candidate, Scheduler } from '../scheduler.ts';
import { byBucket } from './buckets.ts';
import type { Buckets } from './buckets.ts';
import { folded, goldenByte } from './hash.ts';

/** CONFIG_IP_VS_SH_TAB_BITS: 8. */
const bucketCount = 256;

/** As many buckets in a row to each as its weight says, then again from the first (ip_vs_sh_reassign). Weight 0 gets one, which stays unserved. */
function fill(candidates: readonly Candidate[]): Int32Array {
  const buckets = new Int32Array(bucketCount).fill(-1);
  let index = 0;
  let given = 0;
  for (let bucket = 0; bucket < bucketCount && candidates.length > 0; bucket += 1) {
    buckets[bucket] = index;
    given += 1;
    if (given < (candidates[index]?.weight ?? 0)) continue;
    index = (index + 1) % candidates.length;
    given = 0;
  }
  return buckets;
}

export function sourceHashing({ fallback, port }: { readonly fallback: boolean; readonly port: boolean }): Scheduler<Buckets> {
  return byBucket({
    fill, fallback,
    bucketOf: ({ cip, clientPort }, offset) => (offset + goldenByte(folded(cip) + (port ? clientPort : 0))) % bucketCount,
  });
}
