// What a scheduler is: pure functions over what it may look at, with its state passed in and out.
import type { Endpoint, IpAddress } from '@weir/model';

/** What a scheduler knows of a real server. The same object stands for the same real server from pick to pick. */
export interface Candidate {
  readonly endpoint: Endpoint;
  readonly weight: number;
  /** The latest weight above 0; 0 where there never was one (ip_vs_ctl.c, __ip_vs_update_dest). */
  readonly lastWeight: number;
  readonly active: number;
  readonly inactive: number;
}

/** What a scheduler knows of what it schedules: a connection or a datagram that came from a client to a VIP. */
export interface Arrival {
  readonly cip: IpAddress;
  readonly clientPort: number;
  readonly vip: IpAddress;
}

export interface Picked<State, C extends Candidate> {
  readonly state: State;
  /** Null where no usable candidate with a weight above 0 may have it. */
  readonly candidate: C | null;
}

export interface Scheduler<State> {
  begin(candidates: readonly Candidate[]): State;
  /** Candidates were added or removed, or a weight was set. */
  changed(state: State, before: readonly Candidate[], after: readonly Candidate[]): State;
  /** `usable` leaves out what is overloaded, or was tried for this client already. */
  pick<C extends Candidate>(state: State, candidates: readonly C[], usable: (candidate: C) => boolean, arrival: Arrival): Picked<State, C>;
}

/** A scheduler that remembers nothing. */
export function stateless(
  choose: <C extends Candidate>(candidates: readonly C[], usable: (candidate: C) => boolean) => C | null,
): Scheduler<null> {
  return {
    begin: () => null,
    changed: () => null,
    pick: (_state, candidates, usable) => ({ state: null, candidate: choose(candidates, usable) }),
  };
}
