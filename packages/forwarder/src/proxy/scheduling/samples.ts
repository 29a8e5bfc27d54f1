// Candidates, arrivals and long runs of picks, for the tests of the schedulers.
import type { IpAddress } from '@weir/model';
import type { Arrival, Candidate, Scheduler } from './scheduler.ts';

export interface Numbered extends Candidate {
  readonly index: number;
}

/** Real servers 192.168.8.20, .21 … port 80, without connections. */
export function weighing(weights: readonly number[]): Numbered[] {
  return weights.map((weight, index) => ({
    index, weight, lastWeight: weight, active: 0, inactive: 0, endpoint: { rip: `192.168.8.${20 + index}`, port: 80 },
  }));
}

export function from(cip: IpAddress, clientPort = 40_000): Arrival {
  return { cip, clientPort, vip: '192.168.8.200' };
}

export const anyone = (): boolean => true;

/** The indices that get one pick after the other, which changes nothing about the candidates. */
export function picks<State>(
  scheduler: Scheduler<State>, candidates: readonly Numbered[], arrivals: readonly Arrival[], usable: (one: Numbered) => boolean = anyone,
): (number | null)[] {
  let state = scheduler.begin(candidates);
  return arrivals.map((arrival) => {
    const picked = scheduler.pick(state, candidates, usable, arrival);
    state = picked.state;
    return picked.candidate?.index ?? null;
  });
}

/** How many connections each has after `count` arrivals that all stay. */
export function filled<State>(
  scheduler: Scheduler<State>, weights: readonly number[], count: number, usable: (one: Numbered) => boolean = anyone,
): number[] {
  const active = weights.map(() => 0);
  const numbered = weighing(weights);
  let state = scheduler.begin(numbered);
  for (let arrived = 0; arrived < count; arrived += 1) {
    const now = numbered.map((one) => ({ ...one, active: active[one.index] ?? 0 }));
    const picked = scheduler.pick(state, now, usable, from('10.0.0.1', 1_024 + arrived));
    state = picked.state;
    if (picked.candidate !== null) active[picked.candidate.index] = (active[picked.candidate.index] ?? 0) + 1;
  }
  return active;
}
