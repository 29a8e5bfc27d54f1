// One change at a time on a director.
import { RequestFault } from '../fault.ts';

const MOST_WAITING = 32;

export class ChangeLock {
  #held = false;
  /** Counts the changes that began, so that a reading from before one is known to be old. */
  #begun = 0;
  readonly #waiting: (() => void)[] = [];

  get held(): boolean {
    return this.#held;
  }

  get begun(): number {
    return this.#begun;
  }

  /** Runs the task when no other change is under way; `busy` where that takes longer than `waitMs`. */
  async run<TResult>(waitMs: number, task: () => Promise<TResult>): Promise<TResult> {
    await this.#acquire(waitMs);
    this.#begun += 1;
    try {
      return await task();
    } finally {
      this.#release();
    }
  }

  #acquire(waitMs: number): Promise<void> {
    if (!this.#held) {
      this.#held = true;
      return Promise.resolve();
    }
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(new RequestFault('busy'));
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(new RequestFault('busy'));
      }, waitMs);
      this.#waiting.push(turn);
    });
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#held = false;
    else next();
  }
}
