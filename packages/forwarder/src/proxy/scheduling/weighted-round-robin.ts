// wrr: the kernel's interleaved weighted round robin (net/netfilter/ipvs/ip_vs_wrr.c).
import type { Candidate, Scheduler } from './scheduler.ts';

/**
 * Passes over the candidates: the first picks those of the greatest weight, each further one reaches down by `interval`, the last picks
 * all; then again from the top. So heavy ones are spread over a round instead of being served in a row.
 */
export interface Mark {
  readonly last: Candidate | null;
  /** The weight that a candidate needs in this pass (the kernel's `cw`). */
  readonly passWeight: number;
  /** Where the first pass begins (`mw`): the greatest weight, less `interval - 1`, so that the last pass is at 1. */
  readonly topWeight: number;
  /** The greatest common divisor of the weights above 0 (`di`). */
  readonly interval: number;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function measure(candidates: readonly Candidate[]): Pick<Mark, 'topWeight' | 'interval'> {
  const interval = candidates.reduce((divisor, { weight }) => greatestCommonDivisor(divisor, weight), 0) || 1;
  return { interval, topWeight: greatest(candidates) - (interval - 1) };
}

function greatest(candidates: readonly Candidate[]): number {
  return candidates.reduce((most, { weight }) => Math.max(most, weight), 0);
}

export const weightedRoundRobin: Scheduler<Mark> = {
  begin(candidates) {
    const measured = measure(candidates);
    return { ...measured, last: null, passWeight: measured.topWeight };
  },

  changed({ passWeight }, _before, after) {
    const measured = measure(after);
    const { topWeight, interval } = measured;
    if (passWeight > topWeight || passWeight === 0) return { ...measured, last: null, passWeight: topWeight };
    const aligned = interval === 1 ? passWeight : Math.floor(passWeight / interval) * interval + 1;
    return { ...measured, last: null, passWeight: aligned };
  },

  pick(mark, candidates, usable) {
    const { last, passWeight, topWeight, interval } = mark;
    const start = last === null ? 0 : candidates.findIndex((candidate) => candidate === last) + 1;
    const inThisPass = candidates.find((candidate, index) => index >= start && candidate.weight >= passWeight && usable(candidate));
    if (inThisPass !== undefined && passWeight > 0) return { state: { ...mark, last: inThisPass }, candidate: inThisPass };

    const reach = greatest(candidates.filter(usable));
    if (reach === 0) return { state: mark, candidate: null };
    const next = passWeight > interval ? passWeight - interval : topWeight;
    // The kernel goes through the passes that nobody usable reaches one by one; weights of 2^31 make that minutes.
    const reached = Math.min(next, reach - (interval - 1));
    const candidate = candidates.find((one) => one.weight >= reached && usable(one)) ?? null;
    return { state: { ...mark, last: candidate, passWeight: reached }, candidate };
  },
};
