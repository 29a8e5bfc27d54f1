// fo, ovf: the one with the highest weight (net/netfilter/ipvs/ip_vs_fo.c, ip_vs_ovf.c).
import { stateless } from './scheduler.ts';
import type { Candidate } from './scheduler.ts';

/** Of equal ones the first. */
function heaviest<C extends Candidate>(candidates: readonly C[], usable: (candidate: C) => boolean): C | null {
  let found: C | null = null;
  for (const candidate of candidates) {
    if (candidate.weight > (found?.weight ?? 0) && usable(candidate)) found = candidate;
  }
  return found;
}

export const failover = stateless(heaviest);

/** The next one from when the active connections exceed the weight: each can have one more than its weight. */
export const overflow = stateless((candidates, usable) => (
  heaviest(candidates, (candidate) => candidate.active <= candidate.weight && usable(candidate))));
