// Marks that would lie over each other become one.

export interface Placed<T> {
  /** Oldest first. */
  marks: T[];
  /** From the left end. */
  xPx: number;
}

/** No two of them are nearer to each other than this. */
export function groupMarks<T extends { atMs: number }>(marks: readonly T[], xPxOf: (atMs: number) => number, nearestPx: number): Placed<T>[] {
  const placed: Placed<T>[] = [];
  for (const mark of marks.toSorted((a, b) => a.atMs - b.atMs)) {
    const xPx = xPxOf(mark.atMs);
    const before = placed.at(-1);
    if (before && xPx - before.xPx < nearestPx) before.marks.push(mark);
    else placed.push({ marks: [mark], xPx });
  }
  return placed;
}
