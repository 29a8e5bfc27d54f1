// Series of their own times become the rows that a chart draws. Silence and unknown values stay gaps.
import type { TimeWindow } from '../axis/time-ticks.ts';

export interface Point {
  t: number;
  value: number | null;
}

export interface PlainSeries {
  points: readonly Point[];
}

export interface ChartRow {
  t: number;
  /** In the order of the series; null is a gap. */
  values: (number | null)[];
}

/** Puts a gap into each silence longer than this. */
export function splitGaps(points: readonly Point[], longestStepMs: number): Point[] {
  const split: Point[] = [];
  for (const point of points) {
    const before = split.at(-1);
    if (before && before.value !== null && point.t - before.t > longestStepMs) split.push({ t: before.t + 1, value: null });
    split.push(point);
  }
  return split;
}

/** One row for each time at which any series has a value; between two samples of a series lies the line that joins them. */
export function chartRows(series: readonly PlainSeries[], window: TimeWindow, longestStepMs: number): ChartRow[] {
  const rows = new Map<number, ChartRow>();
  const split = series.map(({ points }) => splitGaps(around(points, window), longestStepMs));
  for (const points of split) for (const { t } of points) if (!rows.has(t)) rows.set(t, { t, values: [] });
  const ordered = [...rows.values()].sort((a, b) => a.t - b.t);
  for (const points of split) fill(ordered, points);
  return ordered;
}

/** The points of the window and one on either side, so that lines reach its edges. */
function around(points: readonly Point[], { fromMs, toMs }: TimeWindow): readonly Point[] {
  const first = points.findIndex((point) => point.t >= fromMs);
  if (first === -1) return [];
  const after = points.findIndex((point) => point.t > toMs);
  return points.slice(Math.max(0, first - 1), after === -1 ? undefined : after + 1);
}

function fill(rows: readonly ChartRow[], points: readonly Point[]): void {
  let next = 0;
  for (const row of rows) {
    while (next < points.length && (points[next]?.t ?? Infinity) < row.t) next += 1;
    row.values.push(valueAt(points[next - 1], points[next], row.t));
  }
}

function valueAt(before: Point | undefined, after: Point | undefined, t: number): number | null {
  if (after?.t === t) return after.value;
  if (!before || !after || before.value === null || after.value === null) return null;
  return before.value + ((after.value - before.value) * (t - before.t)) / (after.t - before.t);
}

export interface Extent {
  lowest: number;
  highest: number;
  /** The newest sample; null if it is unknown. */
  last: number | null;
}

/** What lies in the window; null if nothing in it is known. */
export function extentIn(points: readonly Point[], { fromMs, toMs }: TimeWindow): Extent | null {
  let extent: Extent | null = null;
  for (const { t, value } of points) {
    if (t < fromMs || t > toMs) continue;
    if (value === null) {
      if (extent) extent.last = null;
    } else if (extent) {
      extent = { lowest: Math.min(extent.lowest, value), highest: Math.max(extent.highest, value), last: value };
    } else {
      extent = { lowest: value, highest: value, last: value };
    }
  }
  return extent;
}

/** The sample at this time or the nearest one no farther than a step; null in a gap. */
export function sampleAt(points: readonly Point[], t: number, longestStepMs: number): number | null {
  let nearest: Point | null = null;
  for (const point of points) {
    if (!nearest || Math.abs(point.t - t) < Math.abs(nearest.t - t)) nearest = point;
  }
  return nearest && Math.abs(nearest.t - t) <= longestStepMs ? nearest.value : null;
}
