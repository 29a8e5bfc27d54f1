// What was last read of the director, and since when it differs from what it should be.
import { same } from '@weir/model';
import type { PlanOperation } from '@weir/model';
import type { HostState } from '@weir/protocol';

export interface Observed {
  readonly drift: readonly PlanOperation[];
  readonly host: HostState | null;
  readonly readAtMs: number;
}

export interface Observation extends Observed {
  readonly driftSinceMs: number | null;
}

export class DriftWatch {
  #last: Observation | null = null;

  /** Null until the forwarder has answered once. */
  get last(): Observation | null {
    return this.#last;
  }

  /** Says whether it is another than before. */
  observe(observed: Observed): boolean {
    const before = this.#last;
    const { drift, host, readAtMs } = observed;
    const changed = before === null || !same(before.drift, drift) || !same(before.host, host);
    this.#last = { ...observed, driftSinceMs: drift.length === 0 ? null : before?.driftSinceMs ?? readAtMs };
    return changed;
  }
}
