// How much time may be spent within any stretch of time.

export interface Allowance {
  readonly spendMs: number;
  readonly withinMs: number;
}

/** Reading 100,000 entries takes the kernel about as long. */
export const usualAllowance: Allowance = { spendMs: 250, withinMs: 10_000 };

interface Spending {
  readonly atMs: number;
  readonly spentMs: number;
}

export class Budget {
  readonly #allowance: Allowance;
  readonly #nowMs: () => number;
  #spendings: readonly Spending[] = [];

  constructor(allowance: Allowance, nowMs: () => number) {
    this.#allowance = allowance;
    this.#nowMs = nowMs;
  }

  spend(spentMs: number): void {
    this.#spendings = [...this.#recent(), { atMs: this.#nowMs(), spentMs }];
  }

  get leftMs(): number {
    return Math.max(0, this.#allowance.spendMs - this.#recent().reduce((sum, { spentMs }) => sum + spentMs, 0));
  }

  /** How long until at least so much is left; more than there ever is counts as all of it. */
  waitMs(neededMs: number): number {
    let left = this.leftMs;
    const needed = Math.min(neededMs, this.#allowance.spendMs);
    for (const { atMs, spentMs } of left >= needed ? [] : this.#recent()) {
      left += spentMs;
      if (left >= needed) return Math.max(1, atMs + this.#allowance.withinMs - this.#nowMs());
    }
    return 0;
  }

  #recent(): readonly Spending[] {
    const since = this.#nowMs() - this.#allowance.withinMs;
    return this.#spendings.filter(({ atMs }) => atMs > since);
  }
}
