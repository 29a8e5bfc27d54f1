// At most so many at once; who comes when all are taken waits in line.

export class Turns {
  readonly #most: number;
  readonly #line: (() => Promise<void>)[] = [];
  #next = 0;
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** The task never rejects. */
  take(task: () => Promise<void>): void {
    if (this.#running < this.#most) this.#run(task);
    else this.#line.push(task);
  }

  #run(task: () => Promise<void>): void {
    this.#running += 1;
    void task().finally(() => {
      this.#running -= 1;
      const next = this.#line[this.#next];
      if (next === undefined) return;
      this.#next += 1;
      // Taken off in lots: shifting a long line each time would move all of it.
      if (this.#next * 2 > this.#line.length) {
        this.#line.splice(0, this.#next);
        this.#next = 0;
      }
      this.#run(next);
    });
  }
}
