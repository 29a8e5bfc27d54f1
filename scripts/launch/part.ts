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

/** Resolves after so many milliseconds, or when the signal says so. */
export type Delay = (waitMs: number, signal: AbortSignal) => Promise<void>;

/** Before every restart; in it a death that took others along is noticed too. */
const firstPauseMs = 200;
const furtherPausesMs = [0, 800, 2000, 5000, 10_000];
/** A part that ran this long was healthy: its next death counts as the first. */
const healthyAfterMs = 2_000;
const lookIntervalMs = 50;

export class PartKeeper {
  readonly title: string;
  readonly #part: Part;
  readonly #say: (line: string) => void;
  readonly #ground: PartKeeper | undefined;
  readonly #end = new AbortController();
  #running: Running | undefined;
  #kept: Promise<void> = Promise.resolve();
  #starts = 0;
  #life: number | null = null;
  #failures = 0;
  readonly #delay: Delay;

  /** Without `ground` the part cannot run: it is started when that is up, and what dies with it has not failed by itself. */
  constructor(part: Part, say: (line: string) => void, ground?: PartKeeper, wait: Delay = delayed) {
    this.title = part.title;
    this.#part = part;
    this.#say = say;
    this.#ground = ground;
    this.#delay = wait;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Which of its lives this is; null while it is not up. */
  get life(): number | null {
    return this.#life;
  }

  async start(): Promise<void> {
    this.#kept = this.#keep(await this.#begin());
  }

  /** Also gives up a start that has not come to its end. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.#running?.stop();
    await this.#kept;
  }

  async #begin(): Promise<Running> {
    const { signal } = this.#end;
    const running = await this.#part.start(signal);
    if (signal.aborted) await running.stop();
    signal.throwIfAborted();
    this.#running = running;
    this.#starts += 1;
    this.#life = this.#starts;
    return running;
  }

  async #keep(first: Running): Promise<void> {
    for (let running: Running | undefined = first; running !== undefined; running = await this.#startAgain()) {
      const readyAt = performance.now();
      const groundGone = this.#watchGround();
      const exit = await running.exited;
      if (this.#end.signal.aborted) return;
      this.#life = null;
      if (performance.now() - readyAt > healthyAfterMs) this.#failures = 0;
      this.#say(`${capital(this.title)} has ended (${describeExit(exit)}); starting it again.`);
      await this.#pause(groundGone);
    }
  }

  async #startAgain(): Promise<Running | undefined> {
    for (;;) {
      while (this.#ground?.life === null && !this.#end.signal.aborted) await this.#wait(lookIntervalMs);
      if (this.#end.signal.aborted) return undefined;
      const groundGone = this.#watchGround();
      try {
        const running = await this.#begin();
        this.#say(`${capital(this.title)} runs again.`);
        await this.#part.onRestarted?.();
        return running;
      } catch (error) {
        if (this.#end.signal.aborted) return undefined;
        // What it is and the first line of why; the rest is in its log.
        this.#say(String(error instanceof Error ? error.message : error).split('\n').slice(0, 2).join(' '));
        await this.#pause(groundGone);
      }
    }
  }

  /** Tells whether the ground has died since. */
  #watchGround(): () => boolean {
    const life = this.#ground?.life;
    return () => this.#ground?.life !== life;
  }

  /** Longer after each failure in a row. */
  async #pause(groundGone: () => boolean): Promise<void> {
    await this.#wait(firstPauseMs);
    if (groundGone()) return;
    await this.#wait(furtherPausesMs[Math.min(this.#failures, furtherPausesMs.length - 1)]);
    this.#failures += 1;
  }

  async #wait(waitMs = 0): Promise<void> {
    await this.#delay(waitMs, this.#end.signal);
  }
}

async function delayed(waitMs: number, signal: AbortSignal): Promise<void> {
  await delay(waitMs, undefined, { signal }).catch(() => undefined);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
