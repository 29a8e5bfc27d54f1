// One object while an interval is made: follows its readings, and says what it carried when the interval closes.
import type { Counters } from '../live/counters.ts';
import type { Growths } from './growth.ts';
import { asSeenIn, goesOn, grownBy, seesSame, together, zeros } from './growth.ts';
import type { Carried } from './interval.ts';

/** From one sample to the next. */
export interface Step {
  readonly atMs: number;
  readonly ms: number;
  /** Nobody was missing between the two samples, and both count into the same interval. */
  readonly isMeasured: boolean;
}

export interface Connected {
  readonly active: number;
  readonly inactive: number;
}

/** A sample may come so much early. */
const TOLERANCE_MS = 500;

function rounded(sum: number, samples: number): number {
  return Math.round((sum / samples) * 1_000) / 1_000;
}

export class Carrying {
  readonly #refreshMs: number;
  #shown: Counters;
  /** Samples in a row without a break: from the first of them, up to where what was counted was also renewed. */
  #runFrom: Counters;
  #runTo: Counters;
  #runMs = 0;
  #runToMs = 0;
  #growth: Growths = zeros;
  #measuredGrowth: Growths = zeros;
  #measuredMs = 0;
  #samples = 0;
  #active = 0;
  #activeMost = 0;
  #inactive = 0;

  /** `shown` is what its counters grow from, `refreshMs` how often the forwarder renews them. */
  constructor(shown: Counters, refreshMs: number) {
    this.#refreshMs = refreshMs;
    this.#shown = shown;
    this.#runFrom = shown;
    this.#runTo = shown;
  }

  get shown(): Counters {
    return this.#shown;
  }

  follow(counters: Counters, { ms, isMeasured }: Pick<Step, 'ms' | 'isMeasured'>): void {
    if (!goesOn(this.#shown, counters)) this.#break(grownBy(zeros, counters), counters);
    else if (isMeasured && seesSame(this.#shown, counters)) this.#measure(counters, ms);
    else this.#break(grownBy(this.#shown, counters), counters);
  }

  /** It is gone: if it comes back all that it shows then was counted since. */
  restart(): void {
    this.#endRun();
    this.#beginRun(zeros);
  }

  count({ active, inactive }: Connected): void {
    this.#samples += 1;
    this.#active += active;
    this.#activeMost = Math.max(this.#activeMost, active);
    this.#inactive += inactive;
  }

  /** What it carried since this was last asked; null: it was in no sample. */
  close(): Carried | null {
    this.#endRun();
    const samples = this.#samples;
    const measuredGrowth = asSeenIn(this.#measuredGrowth, this.#growth);
    const carried = {
      measuredMs: this.#measuredMs, growth: this.#growth, measuredGrowth,
      active: { mean: rounded(this.#active, samples), most: this.#activeMost }, inactive: { mean: rounded(this.#inactive, samples) },
    };
    this.#growth = zeros;
    this.#measuredGrowth = zeros;
    this.#measuredMs = 0;
    this.#samples = 0;
    this.#active = 0;
    this.#activeMost = 0;
    this.#inactive = 0;
    return samples === 0 ? null : carried;
  }

  /** Counters that are renewed every 2 s are measured over as many seconds as renewals fall into: any 2 s have one, any second none or one. */
  #measure(counters: Counters, ms: number): void {
    this.#shown = counters;
    this.#runMs += ms;
    if (this.#runMs - this.#runToMs < this.#refreshMs - TOLERANCE_MS) return;
    this.#runTo = counters;
    this.#runToMs = this.#runMs;
  }

  #break(growth: Growths, counters: Counters): void {
    this.#endRun();
    this.#growth = together(this.#growth, growth);
    this.#beginRun(counters);
  }

  #endRun(): void {
    if (this.#runMs > 0) {
      const growth = grownBy(this.#runFrom, this.#shown);
      this.#growth = together(this.#growth, growth);
      if (this.#runToMs > 0) this.#measuredGrowth = together(this.#measuredGrowth, this.#runTo === this.#shown ? growth : grownBy(this.#runFrom, this.#runTo));
      this.#measuredMs += this.#runToMs;
    }
    this.#beginRun(this.#shown);
  }

  #beginRun(counters: Counters): void {
    this.#shown = counters;
    this.#runFrom = counters;
    this.#runTo = counters;
    this.#runMs = 0;
    this.#runToMs = 0;
  }
}
