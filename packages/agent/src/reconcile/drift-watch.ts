// What was last read of the forwarder, and since when it differs from what it should be.
import { same } from '@weir/model';
import type { PlanOperation } from '@weir/model';

export interface Observation {
  readonly drift: readonly PlanOperation[];
  readonly driftSinceMs: number | null;
  readonly readAtMs: number;
}

export class DriftWatch {
  #last: Observation | null = null;

  /** Null until the forwarder has answered once. */
  get last(): Observation | null {
    return this.#last;
  }

  /** Says whether the drift is another one than before. */
  observe(drift: readonly PlanOperation[], readAtMs: number): boolean {
    const before = this.#last;
    const changed = before === null || !same(before.drift, drift);
    const sinceMs = before?.driftSinceMs ?? readAtMs;
    this.#last = { drift, driftSinceMs: drift.length === 0 ? null : sinceMs, readAtMs };
    return changed;
  }
}
