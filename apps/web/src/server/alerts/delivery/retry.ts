// When a message that nobody took is tried again. Pure.

const firstMs = 5_000;
const longestMs = 15 * 60_000;
/** After its first try. */
const givenUpAfterMs = 24 * 3_600_000;

/** Twice as long each time, and never two alike. Null: it was tried for a day. `random`: 0 to 1. */
export function nextTryMs({ tries, firstTryMs, nowMs, random }: { readonly tries: number; readonly firstTryMs: number; readonly nowMs: number; readonly random: number }): number | null {
  if (nowMs - firstTryMs >= givenUpAfterMs) return null;
  const fullMs = Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 20));
  return nowMs + fullMs / 2 + (random * fullMs) / 2;
}
