// The course of applies that run: where others wait for a person when the first director is done, and where somebody said to stop.
import type { ShownError } from '../change-view.ts';

/** `ending`: the panel ends, and says nothing of what was not sent. */
export type Word = { readonly kind: 'goOn' } | { readonly kind: 'stop'; readonly error: ShownError } | { readonly kind: 'ending' };

export class Course {
  readonly #running = new Set<string>();
  readonly #held = new Map<string, (word: Word) => void>();
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

  hold(applyId: string): Promise<Word> {
    if (this.#ending) return Promise.resolve({ kind: 'ending' });
    const error = this.stopped(applyId);
    if (error !== null) return Promise.resolve({ kind: 'stop', error });
    return new Promise((resolve) => { this.#held.set(applyId, resolve); });
  }

  /** Says whether anybody waited. */
  goOn(applyId: string): boolean {
    return this.#say(applyId, { kind: 'goOn' });
  }

  /** Also while it runs: after the director that is at it now. Says whether anybody waited. */
  stop(applyId: string, error: ShownError): boolean {
    if (this.#running.has(applyId)) this.#stopped.set(applyId, error);
    return this.#say(applyId, { kind: 'stop', error });
  }

  /** Only where it waits: one that somebody else let go on goes on. */
  stopHeld(applyId: string, error: ShownError): boolean {
    return this.isHeld(applyId) && this.stop(applyId, error);
  }

  isHeld(applyId: string): boolean {
    return this.#held.has(applyId);
  }

  close(): void {
    this.#ending = true;
    for (const resolve of this.#held.values()) resolve({ kind: 'ending' });
    this.#held.clear();
  }

  #say(applyId: string, word: Word): boolean {
    const resolve = this.#held.get(applyId);
    this.#held.delete(applyId);
    resolve?.(word);
    return resolve !== undefined;
  }
}
