// The alarm that the asking itself is late: a checker that does not run on time must not look like real servers that are well.
import type { CheckerState } from '@weir/protocol';
import type { Cancel, Clock } from '../../clock.ts';
import type { Lateness } from './scheduler.ts';

export interface AlarmParts {
  readonly clock: Pick<Clock, 'after' | 'nowMs'>;
  readonly lateness: () => Lateness;
  readonly intervalMs: number;
  /** It began, or it is over. */
  readonly changed: () => void;
}

export class Alarm {
  readonly #parts: AlarmParts;
  #late: CheckerState['late'] = null;
  #cancel: Cancel = () => undefined;

  constructor(parts: AlarmParts) {
    this.#parts = parts;
  }

  get late(): CheckerState['late'] {
    return this.#late;
  }

  start(): void {
    const { clock, intervalMs } = this.#parts;
    this.#cancel = clock.after(intervalMs, () => {
      this.#look();
      this.start();
    });
  }

  stop(): void {
    this.#cancel();
  }

  #look(): void {
    const { clock, lateness, changed } = this.#parts;
    const { targets, worstMs } = lateness();
    const before = this.#late;
    this.#late = targets === 0 ? null : { targets, worstMs, sinceMs: before?.sinceMs ?? clock.nowMs() };
    if ((before === null) !== (this.#late === null)) changed();
  }
}
