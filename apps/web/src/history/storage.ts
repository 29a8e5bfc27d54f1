// What the settings say of history: how much there is, since when, what to expect, and how much it may be. No server code.

export const defaultBudgetBytes = 5_000_000_000;
/** Less would not hold what coarser history is made of on a large director. */
export const budgetMinBytes = 100_000_000;
export const budgetMaxBytes = 10_000_000_000_000;

export interface StoredTier {
  readonly kind: 'services' | 'realServers';
  /** Of one interval. */
  readonly lengthMs: number;
  /** How old it gets where there is room. */
  readonly keepMs: number;
  readonly bytes: number;
  /** Null: there is nothing yet. */
  readonly sinceMs: number | null;
  /** Null: too little was written lately to tell. */
  readonly expected: { readonly bytesPerDay: number; readonly steadyBytes: number; /** Within the budget. */ readonly reachMs: number } | null;
}

export interface HistoryStorage {
  readonly budgetBytes: number;
  readonly usedBytes: number;
  /** With room that was given back and is used again before the files grow. */
  readonly diskBytes: number;
  /** In the order in which they give way. */
  readonly tiers: readonly StoredTier[];
  /** From what was written in so long; null: too little to tell. */
  readonly expectedFromMs: number | null;
}
