// lc, wlc, sed, nq: the one with the least to do (net/netfilter/ipvs/ip_vs_lc.c, ip_vs_wlc.c, ip_vs_sed.c, ip_vs_nq.c).
import { stateless } from './scheduler.ts';
import type { Candidate } from './scheduler.ts';

/** ip_vs.h, ip_vs_dest_conn_overhead: an active connection costs as much as 256 inactive ones. */
function overhead({ active, inactive }: Candidate): number {
  return active * 256 + inactive;
}

/** The cost if it got this one too (ip_vs_sed_dest_overhead). */
function expectedCost({ active }: Candidate): number {
  return active + 1;
}

/** The least `cost` per `share`; of equal ones the first. Multiplied instead of divided, as the kernel does, so that equal ones are equal. */
function least<C extends Candidate>(
  candidates: readonly C[], usable: (candidate: C) => boolean, cost: (candidate: C) => number, share: (candidate: C) => number,
): C | null {
  let found: C | null = null;
  for (const candidate of candidates) {
    if (candidate.weight === 0 || !usable(candidate)) continue;
    if (found === null || cost(found) * share(candidate) > cost(candidate) * share(found)) found = candidate;
  }
  return found;
}

function weightOf({ weight }: Candidate): number {
  return weight;
}

export const leastConnections = stateless((candidates, usable) => least(candidates, usable, overhead, () => 1));

export const weightedLeastConnections = stateless((candidates, usable) => least(candidates, usable, overhead, weightOf));

/** sed: what it would cost each to take this one too, so that a strong one gets it before a weak idle one. */
export const shortestExpectedDelay = stateless((candidates, usable) => least(candidates, usable, expectedCost, weightOf));

/** nq: nobody waits behind others while one is idle; the first idle one, whatever its weight, and else as sed. */
export const neverQueue = stateless((candidates, usable) => (
  candidates.find((one) => one.active === 0 && one.weight > 0 && usable(one)) ?? least(candidates, usable, expectedCost, weightOf)));
