// dh: by the address that the client sent to (net/netfilter/ipvs/ip_vs_dh.c).
import { byBucket } from './buckets.ts';
import { folded, goldenByte } from './hash.ts';

/** CONFIG_IP_VS_DH_TAB_BITS: 8. */
const bucketCount = 256;

/** One bucket to each in turn, whatever its weight. It has no flags: where the owner is not available, nobody is. */
export const destinationHashing = byBucket({
  fallback: false,
  fill: (candidates) => Int32Array.from({ length: bucketCount }, (_, bucket) => (candidates.length === 0 ? -1 : bucket % candidates.length)),
  bucketOf: ({ vip }) => goldenByte(folded(vip)),
});
