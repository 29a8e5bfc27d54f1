// Long work on the agent's only thread, with turns for everything else in between.

/** Longer than that nobody waits for the thread. */
const TURN_MS = 8;

export class Turns {
  #begunMs = performance.now();

  /** To be awaited between pieces of work: lets others have the thread when a turn was long. */
  async next(): Promise<void> {
    if (performance.now() - this.#begunMs < TURN_MS) return;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    this.#begunMs = performance.now();
  }
}
