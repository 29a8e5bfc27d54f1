// What each director forwarded when it was last measured, for the time when it says nothing more.
import type { Sample } from '@weir/model';
import type { Gateway } from '../gateway/gateway.ts';

export class LastSamples {
  readonly #samples = new Map<string, Sample>();

  constructor(gateway: Gateway) {
    gateway.onSample((directorId, _, sample) => this.#samples.set(directorId, sample));
  }

  /** Null: not measured since the panel's start. */
  get(directorId: string): Sample | null {
    return this.#samples.get(directorId) ?? null;
  }

  drop(directorId: string): void {
    this.#samples.delete(directorId);
  }
}
