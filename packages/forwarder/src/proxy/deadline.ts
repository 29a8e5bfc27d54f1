// A deadline that is put off again and again.

/** The longest that a timer waits; a longer one would fire at once. Persistence may last 31 days, which is more. */
const longestTimerMs = 2_147_483_647;

/** Calls `over` once nothing has touched it for as long as `durationMs` says. One timer per deadline, not one per touch. */
export class Deadline {
  readonly #durationMs: () => number;
  readonly #over: () => void;
  #touchedAtMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(durationMs: () => number, over: () => void) {
    this.#durationMs = durationMs;
    this.#over = over;
  }

  get remainingMs(): number {
    return Math.max(0, this.#touchedAtMs + this.#durationMs() - performance.now());
  }

  touch(): void {
    this.#touchedAtMs = performance.now();
  }

  /** Begins to watch, or anew where the duration changed. */
  watch(): void {
    clearTimeout(this.#timer);
    const { remainingMs } = this;
    if (remainingMs <= 0) this.#over();
    else this.#timer = setTimeout(() => this.watch(), Math.min(Math.ceil(remainingMs), longestTimerMs));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
