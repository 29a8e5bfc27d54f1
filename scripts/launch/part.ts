// One part of the running system (database, agent, lab, panel) and the care for it: started, waited for, restarted, stopped.
import { setTimeout as delay } from 'node:timers/promises';
import { describeExit, type Exit } from '@weir/lab/ward';

export interface Running {
  readonly exited: Promise<Exit>;
  /** Ends it in order, by force after its deadline. */
  stop(): Promise<void>;
}

export interface Part {
  /** In a sentence: "the panel". */
  readonly title: string;
  /** Resolves when it is ready; rejects when it cannot be, or when the signal gives the start up. */
  start(signal: AbortSignal): Promise<Running>;
  /** When it is ready again after it had ended by itself. */
  onRestarted?(): Promise<void>;
}

const restartDelaysMs = [200, 1000, 2000, 5000, 10_000, 30_000];
/** A part that ran this long has recovered: its next restart comes at once again. */
const recoveredAfterMs = 60_000;

export class PartKeeper {
  readonly title: string;
  readonly #part: Part;
  readonly #say: (line: string) => void;
  readonly #end = new AbortController();
  #running: Running | undefined;
  #kept: Promise<void> = Promise.resolve();

  constructor(part: Part, say: (line: string) => void) {
    this.title = part.title;
    this.#part = part;
    this.#say = say;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  async start(): Promise<void> {
    const running = await this.#part.start(this.#end.signal);
    this.#running = running;
    this.#kept = this.#keep(running);
  }

  /** Also gives up a start that has not come to its end. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.#running?.stop();
    await this.#kept;
  }

  async #keep(first: Running): Promise<void> {
    let running = first;
    let failures = 0;
    for (;;) {
      const readyAt = performance.now();
      const exit = await running.exited;
      if (this.#end.signal.aborted) return;
      if (performance.now() - readyAt > recoveredAfterMs) failures = 0;
      this.#say(`${capital(this.title)} has ended (${describeExit(exit)}); starting it again.`);
      const next = await this.#startAgain(failures);
      if (!next) return;
      failures += 1;
      running = next;
    }
  }

  async #startAgain(failuresBefore: number): Promise<Running | undefined> {
    for (let failures = failuresBefore; !this.#end.signal.aborted; failures += 1) {
      const waitMs = restartDelaysMs[Math.min(failures, restartDelaysMs.length - 1)];
      await delay(waitMs, undefined, { signal: this.#end.signal }).catch(() => undefined);
      if (this.#end.signal.aborted) return undefined;
      try {
        this.#running = await this.#part.start(this.#end.signal);
        this.#say(`${capital(this.title)} runs again.`);
        await this.#part.onRestarted?.();
        return this.#running;
      } catch (error) {
        // What it is and the first line of why; the rest is in its log.
        if (!this.#end.signal.aborted) this.#say(String(error instanceof Error ? error.message : error).split('\n').slice(0, 2).join(' '));
      }
    }
    return undefined;
  }
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
