// The schedulers that the proxy has, and one service's use of one of them.
import type { SchedulerName } from '@weir/model';
import { roundRobin } from './round-robin.ts';
import type { Candidate, Scheduler } from './scheduler.ts';
import { weightedRoundRobin } from './weighted-round-robin.ts';

/** Keeps a scheduler's state from pick to pick. */
export interface Scheduling<C extends Candidate> {
  changed(before: readonly C[], after: readonly C[]): void;
  pick(candidates: readonly C[], usable: (candidate: C) => boolean): C | null;
}

function keep<State, C extends Candidate>(scheduler: Scheduler<State>, candidates: readonly C[]): Scheduling<C> {
  let state = scheduler.begin(candidates);
  return {
    changed(before, after) {
      state = scheduler.changed(state, before, after);
    },
    pick(now, usable) {
      const picked = scheduler.pick(state, now, usable);
      state = picked.state;
      return picked.candidate;
    },
  };
}

const starts = {
  rr: <C extends Candidate>(candidates: readonly C[]) => keep(roundRobin, candidates),
  wrr: <C extends Candidate>(candidates: readonly C[]) => keep(weightedRoundRobin, candidates),
} satisfies Partial<Record<SchedulerName, unknown>>;

export type ProxySchedulerName = keyof typeof starts;

export const proxySchedulerNames: readonly ProxySchedulerName[] = ['rr', 'wrr'];

export function isProxyScheduler(name: SchedulerName): name is ProxySchedulerName {
  return Object.hasOwn(starts, name);
}

export function startScheduling<C extends Candidate>(name: ProxySchedulerName, candidates: readonly C[]): Scheduling<C> {
  return starts[name](candidates);
}
