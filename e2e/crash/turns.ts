// Somebody who takes turn after turn until told to stop, whatever becomes of each.
import { setTimeout as pause } from 'node:timers/promises';

const afterFailureMs = 100;

export class Turns {
  #stopped = false;
  #done: Promise<void> = Promise.resolve();

  constructor(private readonly turn: () => Promise<void>) {}

  start(): void {
    this.#stopped = false;
    this.#done = this.#run();
  }

  /** Resolves when the turn that is being taken has come to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) await this.turn().catch(() => pause(afterFailureMs));
  }
}
