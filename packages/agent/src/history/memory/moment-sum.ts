// What several objects come to at one sample.
import { counterNames } from '@weir/model';
import type { Moment, Unseen } from '@weir/model';
import { unseenIn } from './figures.ts';
import type { Figures, Grown } from './figures.ts';

export class MomentSum {
  #count = 0;
  #active = 0;
  #inactive = 0;
  #isMeasured = true;
  readonly #growth = [0, 0, 0, 0, 0];
  readonly #unseen: (Unseen | null)[] = [null, null, null, null, null];

  add({ active, inactive, unseen }: Figures, growth: Grown): void {
    this.#count += 1;
    this.#active += active;
    this.#inactive += inactive;
    // A part of a sum is no sum: neither of what was not measured, nor of what is not seen.
    if (growth === null) this.#isMeasured = false;
    else growth.forEach((by, at) => { this.#growth[at] = (this.#growth[at] ?? 0) + by; });
    if (unseen > 0) unseenIn(unseen).forEach((why, at) => { this.#unseen[at] ??= why; });
  }

  /** Null: nothing was there. */
  moment(isMeasured: boolean, weight: number | null): Moment | null {
    if (this.#count === 0) return null;
    const figure = (at: number): number | Unseen => this.#unseen[at] ?? this.#growth[at] ?? 0;
    const [connections, packetsIn, packetsOut, bytesIn, bytesOut] = counterNames.map((_, at) => figure(at));
    const growth = { connections: connections ?? 0, packetsIn: packetsIn ?? 0, packetsOut: packetsOut ?? 0, bytesIn: bytesIn ?? 0, bytesOut: bytesOut ?? 0 };
    return { active: this.#active, inactive: this.#inactive, weight, growth: isMeasured && this.#isMeasured ? growth : null };
  }
}
