// How long each director was looking, by step: what was not there then took nothing, and is not unknown. Pure.
import type { Axis } from './steps.ts';

export class Looked {
  readonly #axis: Axis;
  readonly #steps = new Map<number, Map<number, number>>();

  constructor(axis: Axis) {
    this.#axis = axis;
  }

  add(director: number, startMs: number, measuredMs: number): void {
    if (measuredMs === 0 || startMs < this.#axis.fromMs || startMs >= this.#axis.toMs) return;
    const at = Math.floor((startMs - this.#axis.fromMs) / this.#axis.stepMs);
    const step = this.#steps.get(at) ?? new Map<number, number>();
    this.#steps.set(at, step.set(director, (step.get(director) ?? 0) + measuredMs));
  }

  /** Of one director in a step. */
  ms(step: number, director: number): number {
    return this.#steps.get(step)?.get(director) ?? 0;
  }

  /** Whether anybody looked, in a step or at all. */
  any(step?: number): boolean {
    return step === undefined ? this.#steps.size > 0 : this.#steps.has(step);
  }
}
