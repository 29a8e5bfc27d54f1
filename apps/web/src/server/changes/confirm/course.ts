// The course of applies that run: where others wait for a person when the first director is done, and where somebody said to stop.
import type { ShownError } from '../change-view.ts';

/** `ending`: the panel ends, and says nothing of what was not sent. */
export type Word = { readonly kind: 'goOn' } | { readonly kind: 'stop'; readonly error: ShownError } | { readonly kind: 'ending' };

/** How long others wait where nobody says how it goes on. */
export const HELD_LONGEST_MS = 30 * 60_000;

export interface HoldEnd {
  readonly afterMs: number;
  readonly error: ShownError;
}

interface Held {
  readonly resolve: (word: Word) => void;
  readonly timer: NodeJS.Timeout;
  /** Why it stops where it ended while somebody was deciding. */
  over: ShownError | null;
}

/** A person's word, which is said once it is written down. */
export interface Deciding {
  say(word: Word): void;
  /** It could not be written down: it waits again. */
  leave(): void;
}

export class Course {
  readonly #running = new Set<string>();
  readonly #held = new Map<string, Held>();
  readonly #deciding = new Map<string, Held>();
  readonly #stopped = new Map<string, ShownError>();
  #ending = false;

  begin(applyId: string): void {
    this.#running.add(applyId);
  }

  end(applyId: string): void {
    this.#running.delete(applyId);
    this.#stopped.delete(applyId);
    this.#held.delete(applyId);
  }

  /** Why nothing more of it goes out; null while it may go on. */
  stopped(applyId: string): ShownError | null {
    return this.#stopped.get(applyId) ?? null;
  }

  hold(applyId: string, end: HoldEnd): Promise<Word> {
    if (this.#ending) return Promise.resolve({ kind: 'ending' });
    const error = this.stopped(applyId);
    if (error !== null) return Promise.resolve({ kind: 'stop', error });
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.stopHeld(applyId, end.error), end.afterMs);
      this.#held.set(applyId, { resolve, timer, over: null });
    });
  }

  /** For the first who asks: nobody else decides meanwhile. Null where nobody waits. */
  decide(applyId: string): Deciding | null {
    const held = this.#held.get(applyId);
    if (held === undefined) return null;
    this.#held.delete(applyId);
    this.#deciding.set(applyId, held);
    return {
      say: (word) => {
        this.#deciding.delete(applyId);
        if (word.kind === 'stop' && this.#running.has(applyId)) this.#stopped.set(applyId, word.error);
        release(held, word);
      },
      leave: () => {
        this.#deciding.delete(applyId);
        if (this.#ending) return release(held, { kind: 'ending' });
        this.#held.set(applyId, held);
        if (held.over !== null) this.stop(applyId, held.over);
      },
    };
  }

  /** Also while it runs: after the director that is at it now. */
  stop(applyId: string, error: ShownError): void {
    if (this.#running.has(applyId)) this.#stopped.set(applyId, error);
    const held = this.#held.get(applyId);
    this.#held.delete(applyId);
    if (held !== undefined) release(held, { kind: 'stop', error });
  }

  /** Only where it waits: one that somebody let go on goes on. */
  stopHeld(applyId: string, error: ShownError): void {
    const deciding = this.#deciding.get(applyId);
    if (deciding !== undefined) deciding.over = error;
    else if (this.#held.has(applyId)) this.stop(applyId, error);
  }

  close(): void {
    this.#ending = true;
    for (const held of this.#held.values()) release(held, { kind: 'ending' });
    this.#held.clear();
  }
}

function release({ resolve, timer }: Held, word: Word): void {
  clearTimeout(timer);
  resolve(word);
}
