// What each director forwarded when it was last measured, for the time when it says nothing more.
import type { Sample } from '@weir/model';
import type { Gateway } from '../gateway/gateway.ts';

export class LastSamples {
  readonly #samples = new Map<string, { readonly sample: Sample; readonly heardAtMs: number }>();

  constructor(gateway: Gateway) {
    gateway.onSample((directorId, _, sample) => this.#samples.set(directorId, { sample, heardAtMs: Date.now() }));
  }

  /** Null: not measured since the panel's start. */
  get(directorId: string): Sample | null {
    return this.#samples.get(directorId)?.sample ?? null;
  }

  /** By the panel's clock; null: never since its start. */
  heardAtMs(directorId: string): number | null {
    return this.#samples.get(directorId)?.heardAtMs ?? null;
  }

  drop(directorId: string): void {
    this.#samples.delete(directorId);
  }
}
