// rr: each in turn (net/netfilter/ipvs/ip_vs_rr.c).
import type { Candidate, Scheduler } from './scheduler.ts';

/** The one that had the last turn; null before the first. */
export type Turn = Candidate | null;

export const roundRobin: Scheduler<Turn> = {
  begin: () => null,

  /** Where the last one was removed, its turn goes to the one before it, so that the next in line stays the next. */
  changed(last, before, after) {
    if (last === null || after.includes(last)) return last;
    return before.slice(0, before.indexOf(last)).findLast((candidate) => after.includes(candidate)) ?? null;
  },

  pick(last, candidates, usable) {
    const start = last === null ? 0 : candidates.findIndex((candidate) => candidate === last) + 1;
    for (let step = 0; step < candidates.length; step += 1) {
      const candidate = candidates[(start + step) % candidates.length];
      if (candidate !== undefined && candidate.weight > 0 && usable(candidate)) return { state: candidate, candidate };
    }
    return { state: last, candidate: null };
  },
};
