// Looks into what comes bit by bit: soon after each bit, and not for each of many.
import type { Attempt, Failure } from '../attempt/attempt.ts';
import type { Received } from '../attempt/received.ts';
import type { Expectation } from './expectation.ts';

const PAUSE_MS = 10;

export class Looking {
  readonly #attempt: Attempt;
  readonly #received: Received;
  readonly #expectation: Expectation;
  #timer: NodeJS.Timeout | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(attempt: Attempt, received: Received, expectation: Expectation) {
    this.#attempt = attempt;
    this.#received = received;
    this.#expectation = expectation;
    attempt.atEnd(() => {
      if (this.#timer !== null) clearTimeout(this.#timer);
    });
  }

  soon(): void {
    if (this.#timer !== null) return;
    const waitMs = this.#lastMs + PAUSE_MS - performance.now();
    if (waitMs <= 0) this.#look();
    else this.#timer = setTimeout(() => this.#look(), waitMs);
  }

  /** For the last time: what is not found now has failed with that. */
  lastly(otherwise: Failure): void {
    this.#look();
    this.#attempt.fail(otherwise);
  }

  #look(): void {
    this.#timer = null;
    this.#lastMs = performance.now();
    const verdict = this.#expectation.look(this.#received.bytes);
    if (verdict === 'found') this.#attempt.good();
    else if (verdict !== 'notFound') this.#attempt.fail(verdict);
  }
}
