// The schedulers that the proxy has, and one service's use of one of them.
import type { Scheduler as SchedulerSettings, SchedulerName } from '@weir/model';
import { destinationHashing } from './hashing/destination-hashing.ts';
import { maglev, maglevBuckets } from './hashing/maglev.ts';
import { sourceHashing } from './hashing/source-hashing.ts';
import { failover, overflow } from './highest-weight.ts';
import { leastConnections, neverQueue, shortestExpectedDelay, weightedLeastConnections } from './least-connections.ts';
import { roundRobin } from './round-robin.ts';
import type { Arrival, Candidate, Scheduler } from './scheduler.ts';
import { weightedRoundRobin } from './weighted-round-robin.ts';

/** Keeps a scheduler's state from pick to pick. */
export interface Scheduling<C extends Candidate> {
  changed(before: readonly C[], after: readonly C[]): void;
  pick(candidates: readonly C[], usable: (candidate: C) => boolean, arrival: Arrival): C | null;
}

function keep<State, C extends Candidate>(scheduler: Scheduler<State>, candidates: readonly C[]): Scheduling<C> {
  let state = scheduler.begin(candidates);
  return {
    changed(before, after) {
      state = scheduler.changed(state, before, after);
    },
    pick(now, usable, arrival) {
      const picked = scheduler.pick(state, now, usable, arrival);
      state = picked.state;
      return picked.candidate;
    },
  };
}

export interface Once<C extends Candidate> {
  readonly candidates: readonly C[];
  readonly usable: (candidate: C) => boolean;
  readonly arrival: Arrival;
}

/** Whom a scheduler that remembers nothing of those before would choose; null where nobody. */
export function pickOnce<C extends Candidate>(settings: SchedulerSettings, { candidates, usable, arrival }: Once<C>): C | null {
  return startScheduling(settings, candidates).pick(candidates, usable, arrival);
}

/** All but lblc and lblcr, which cache by destination address what a proxy of known VIPs has no destinations for. */
export const proxySchedulerNames: readonly SchedulerName[] = ['rr', 'wrr', 'lc', 'wlc', 'fo', 'ovf', 'dh', 'sh', 'mh', 'sed', 'nq'];

export function isProxyScheduler(name: SchedulerName): boolean {
  return proxySchedulerNames.includes(name);
}

/** How many real servers a scheduler can serve: one of mh needs a bucket. */
export function roomOf({ name }: SchedulerSettings): number {
  return name === 'mh' ? maglevBuckets : Number.POSITIVE_INFINITY;
}

export function startScheduling<C extends Candidate>(settings: SchedulerSettings, candidates: readonly C[]): Scheduling<C> {
  switch (settings.name) {
    case 'rr': return keep(roundRobin, candidates);
    case 'wrr': return keep(weightedRoundRobin, candidates);
    case 'lc': return keep(leastConnections, candidates);
    case 'wlc': return keep(weightedLeastConnections, candidates);
    case 'fo': return keep(failover, candidates);
    case 'ovf': return keep(overflow, candidates);
    case 'dh': return keep(destinationHashing, candidates);
    case 'sh': return keep(sourceHashing(settings), candidates);
    case 'mh': return keep(maglev(settings), candidates);
    case 'sed': return keep(shortestExpectedDelay, candidates);
    case 'nq': return keep(neverQueue, candidates);
    case 'lblc':
    case 'lblcr': throw new TypeError(`no scheduler ${settings.name}`);
  }
}
