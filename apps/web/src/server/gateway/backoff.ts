// How long to wait before the next try: twice as long each time up to a limit, and never two alike, so that a hundred links do not try at once.
export interface Backoff {
  /** After a failure. */
  nextMs(): number;
  /** After a success. */
  reset(): void;
}

export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** 0 to 1. */
  readonly random: () => number;
}

export function createBackoff({ firstMs, maxMs, random }: BackoffOptions): Backoff {
  let failures = 0;
  return {
    nextMs: () => {
      const fullMs = Math.min(maxMs, firstMs * 2 ** failures);
      failures = Math.min(failures + 1, 30);
      return fullMs / 2 + (random() * fullMs) / 2;
    },
    reset: () => {
      failures = 0;
    },
  };
}
