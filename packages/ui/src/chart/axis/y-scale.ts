// The top of a y axis: grows at once to the next 1-2-5 step, shrinks only after a while below.
import { useState } from 'react';

/** How long the values must stay below a smaller step before the axis shrinks to it. */
export const shrinkAfterMs = 30_000;

export interface YScale {
  top: number;
  /** Since when a smaller step would do; null while it would not. */
  belowSinceMs: number | null;
}

/** The smallest of 1, 2, 5, 10, 20, 50 … and 0.5, 0.2, 0.1 … that holds the value; 1 for nothing or zero. */
export function stepAbove(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = Math.floor(Math.log10(value));
  for (const exponent of [power, power + 1]) {
    for (const digit of [1, 2, 5]) {
      // From the decimal text: 10 ** -1 * 2 would not be 0.2 for every power.
      const step = Number(`${digit}e${exponent}`);
      if (step >= value) return step;
    }
  }
  return Number(`1e${power + 2}`);
}

/** The scale for these values at this time; the same object when nothing changed. */
export function nextYScale(scale: YScale | null, largest: number | null, nowMs: number): YScale {
  const needed = stepAbove(largest ?? 0);
  if (!scale || needed > scale.top) return { top: needed, belowSinceMs: null };
  if (needed === scale.top) return scale.belowSinceMs === null ? scale : { top: scale.top, belowSinceMs: null };
  // A clock that was set back starts the wait again.
  if (scale.belowSinceMs === null || nowMs < scale.belowSinceMs) return { top: scale.top, belowSinceMs: nowMs };
  return nowMs - scale.belowSinceMs < shrinkAfterMs ? scale : { top: needed, belowSinceMs: null };
}

/** Where the lines go: 0, the top, and even parts between; for counts only whole numbers. */
export function yTicks(top: number, wholeOnly: boolean): number[] {
  const parts = top.toExponential().startsWith('5') ? 5 : 4;
  const count = wholeOnly && top < 4 ? Math.max(1, Math.floor(top)) : parts;
  return Array.from({ length: count + 1 }, (_, index) => (top * index) / count);
}

/** Another key begins anew. */
export function useYTop(largest: number | null, nowMs: number, key: string): number {
  const [kept, setKept] = useState(() => ({ scale: nextYScale(null, largest, nowMs), key }));
  const scale = nextYScale(kept.key === key ? kept.scale : null, largest, nowMs);
  if (scale !== kept.scale) setKept({ scale, key });
  return scale.top;
}
