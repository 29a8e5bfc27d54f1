// What a scheduler is: pure functions over what it may look at, with its state passed in and out.

/** What a scheduler knows of a real server. The same object stands for the same real server from pick to pick. */
export interface Candidate {
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
}

export interface Picked<State, C extends Candidate> {
  readonly state: State;
  /** Null where no usable candidate has a weight above 0. */
  readonly candidate: C | null;
}

export interface Scheduler<State> {
  begin(candidates: readonly Candidate[]): State;
  /** Candidates were added or removed, or a weight was set. */
  changed(state: State, before: readonly Candidate[], after: readonly Candidate[]): State;
  /** `usable` leaves out what is overloaded, or was tried for this client already. */
  pick<C extends Candidate>(state: State, candidates: readonly C[], usable: (candidate: C) => boolean): Picked<State, C>;
}
