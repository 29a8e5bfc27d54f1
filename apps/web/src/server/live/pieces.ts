// Long work in pieces, so that whatever else there is to do waits for one of them at most.
import { setImmediate as nextRound } from 'node:timers/promises';

const pieceMs = 20;

export class Pieces {
  #sinceMs = performance.now();

  /** This one has taken long enough. */
  get isOver(): boolean {
    return performance.now() - this.#sinceMs >= pieceMs;
  }

  /** Lets others do theirs. */
  async next(): Promise<void> {
    await nextRound();
    this.#sinceMs = performance.now();
  }
}
