// A clock that a test moves.
import type { Cancel, Clock } from '../clock.ts';

export class ManualClock implements Clock {
  #nowMs: number;
  readonly #due = new Set<{ readonly timeMs: number; readonly run: () => void }>();

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  elapsedMs(): number {
    return this.#nowMs;
  }

  at(timeMs: number, run: () => void): Cancel {
    const entry = { timeMs, run };
    this.#due.add(entry);
    return () => this.#due.delete(entry);
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.at(this.#nowMs + delayMs, run);
  }

  /** Moves on, and runs what was due on the way at its own time. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#due].filter(({ timeMs }) => timeMs <= endMs).sort((a, b) => a.timeMs - b.timeMs);
      if (next === undefined) break;
      this.#due.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.timeMs);
      next.run();
    }
    this.#nowMs = endMs;
  }
}
