// Counts attempts per key within a window, in bounded memory.
export interface Limit {
  readonly attemptsMax: number;
  readonly windowMs: number;
}

export interface Limiter {
  /** Takes one attempt; null, or how long until the next is possible. */
  take(key: string): number | null;
  /** Gives an attempt back. */
  giveBack(key: string): void;
}

interface Window {
  startedAt: number;
  attempts: number;
}

export function createLimiter(limit: Limit, now: () => number, keysMax = 10_000): Limiter {
  // In the order of their start: the first is the oldest.
  const windows = new Map<string, Window>();

  function open(key: string): Window {
    const known = windows.get(key);
    if (known !== undefined && now() - known.startedAt < limit.windowMs) return known;
    windows.delete(key);
    const oldest = windows.keys().next();
    if (windows.size >= keysMax && !oldest.done) windows.delete(oldest.value);
    const window = { startedAt: now(), attempts: 0 };
    windows.set(key, window);
    return window;
  }

  return {
    take: (key) => {
      const window = open(key);
      if (window.attempts >= limit.attemptsMax) return window.startedAt + limit.windowMs - now();
      window.attempts += 1;
      return null;
    },
    giveBack: (key) => {
      const window = windows.get(key);
      if (window !== undefined && window.attempts > 0) window.attempts -= 1;
    },
  };
}
