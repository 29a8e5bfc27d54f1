// When each target is asked: by its own interval, spread over it, and none waits for another that hangs.
import type { Cancel, Clock } from '../../clock.ts';
import { phaseOf } from './phase.ts';
import { Turns } from './turns.ts';

export interface Rhythm {
  readonly key: string;
  readonly intervalMs: number;
  readonly changingIntervalMs: number | null;
}

export interface SchedulerParts<TTarget extends Rhythm> {
  readonly clock: Pick<Clock, 'after' | 'elapsedMs'>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Resolves when the try is over, and never rejects. */
  readonly ask: (target: TTarget) => Promise<void>;
  /** The last tries do not agree with what is held: it is asked more often. */
  readonly isChanging: (target: TTarget) => boolean;
  readonly mostAtOnce: number;
}

/** What was not asked on time. */
export interface Lateness {
  readonly targets: number;
  /** How much later than it should. */
  readonly worstMs: number;
}

/** Of the interval, each way: so that what once met does not meet for ever. */
const JITTER = 0.05;
/** A try is late when it begins later than half an interval, and at least so much, after its time. */
const LATE_MIN_MS = 1_000;

interface Entry<TTarget> {
  target: TTarget;
  dueMs: number;
  /** Of its last try; what waits is as late as it waits. */
  lateMs: number;
  isWaiting: boolean;
  isGone: boolean;
  cancel: Cancel;
}

export class Scheduler<TTarget extends Rhythm> {
  readonly #parts: SchedulerParts<TTarget>;
  readonly #entries = new Map<string, Entry<TTarget>>();
  readonly #turns: Turns;
  #stopped = false;

  constructor(parts: SchedulerParts<TTarget>) {
    this.#parts = parts;
    this.#turns = new Turns(parts.mostAtOnce);
  }

  /** What is asked from now on; what was asked before keeps its rhythm. */
  set(targets: readonly TTarget[]): void {
    if (this.#stopped) return;
    const wanted = new Set(targets.map(({ key }) => key));
    for (const [key, entry] of this.#entries) if (!wanted.has(key)) this.#drop(key, entry);
    for (const target of targets) {
      const known = this.#entries.get(target.key);
      if (known === undefined) this.#add(target);
      else known.target = target;
    }
  }

  /** Begins no try more; those that are under way end by their own deadlines. */
  stop(): void {
    this.#stopped = true;
    for (const [key, entry] of this.#entries) this.#drop(key, entry);
  }

  get lateness(): Lateness {
    const nowMs = this.#parts.clock.elapsedMs();
    let [targets, worstMs] = [0, 0];
    for (const { target, dueMs, lateMs, isWaiting } of this.#entries.values()) {
      const late = isWaiting ? Math.max(lateMs, nowMs - dueMs) : lateMs;
      if (late <= Math.max(target.intervalMs / 2, LATE_MIN_MS)) continue;
      targets += 1;
      worstMs = Math.max(worstMs, late);
    }
    return { targets, worstMs: Math.round(worstMs) };
  }

  #drop(key: string, entry: Entry<TTarget>): void {
    entry.isGone = true;
    entry.cancel();
    this.#entries.delete(key);
  }

  #add(target: TTarget): void {
    const entry: Entry<TTarget> = { target, dueMs: 0, lateMs: 0, isWaiting: false, isGone: false, cancel: () => undefined };
    this.#entries.set(target.key, entry);
    this.#arm(entry, this.#parts.clock.elapsedMs() + phaseOf(target.key) * this.#intervalMs(target));
  }

  #intervalMs(target: TTarget): number {
    const { intervalMs, changingIntervalMs } = target;
    return changingIntervalMs !== null && this.#parts.isChanging(target) ? changingIntervalMs : intervalMs;
  }

  #arm(entry: Entry<TTarget>, dueMs: number): void {
    const { clock } = this.#parts;
    entry.dueMs = dueMs;
    entry.isWaiting = true;
    entry.cancel = clock.after(Math.max(dueMs - clock.elapsedMs(), 0), () => this.#turns.take(() => this.#ask(entry)));
  }

  async #ask(entry: Entry<TTarget>): Promise<void> {
    if (entry.isGone) return;
    const { clock, random, ask } = this.#parts;
    const begunMs = clock.elapsedMs();
    entry.isWaiting = false;
    entry.lateMs = Math.max(begunMs - entry.dueMs, 0);
    await ask(entry.target);
    if (entry.isGone) return;
    const intervalMs = this.#intervalMs(entry.target);
    this.#arm(entry, Math.max(begunMs + intervalMs * (1 + JITTER * (2 * random() - 1)), clock.elapsedMs()));
  }
}
