// How much there may be of something.

export class Bound {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get full(): boolean {
    return this.#taken >= this.#most;
  }

  /** False where there is as much as may be. */
  take(): boolean {
    if (this.full) return false;
    this.#taken += 1;
    return true;
  }

  give(): void {
    this.#taken -= 1;
  }
}
