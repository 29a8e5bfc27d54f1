// When a message that nobody took is tried again. Pure.

const firstMs = 5_000;
const longestMs = 15 * 60_000;
/** After its first try. */
const givenUpAfterMs = 24 * 3_600_000;
/** A day in which the panel was down, or hours were quiet, is no day of trying. */
const triesMin = 12;

/** Twice as long each time, and never two alike. Null: it was tried for a day, and often enough. `random`: 0 to 1. */
export function nextTryMs({ tries, firstTryMs, nowMs, random }: { readonly tries: number; readonly firstTryMs: number; readonly nowMs: number; readonly random: number }): number | null {
  if (nowMs - firstTryMs >= givenUpAfterMs && tries >= triesMin) return null;
  const fullMs = Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 20));
  return nowMs + fullMs / 2 + (random * fullMs) / 2;
}
