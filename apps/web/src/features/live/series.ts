// Ticks become the points of a chart: nothing is drawn where nobody measured.
import type { Point, TimeWindow } from '@weir/ui';
import type { LiveTick } from '../../live/topic.ts';
import type { TopicView } from './topic-buffer.ts';

/** As many as a chart draws quickly. */
export const pointsMax = 300;

export interface ChartTime {
  readonly window: TimeWindow;
  readonly stepMs: number;
}

/** The window that ends with the newest tick, in steps of which each chart gets at most `pointsMax`. */
export function chartTime(view: TopicView, rangeMs: number, nowMs: number): ChartTime {
  const stepMs = Math.max(1_000, Math.ceil(rangeMs / pointsMax / 1_000) * 1_000);
  const atMs = view.latest?.atMs ?? nowMs;
  // Whole steps only: a half-filled last one would jump. A second has one tick, and is whole with it.
  const toMs = (stepMs === 1_000 ? Math.ceil(atMs / stepMs) : Math.floor(atMs / stepMs)) * stepMs;
  return { window: { fromMs: toMs - rangeMs, toMs }, stepMs };
}

/** A window that stands, in steps of as many. */
export function standingTime(window: TimeWindow): ChartTime {
  return { window, stepMs: Math.max(1_000, Math.ceil((window.toMs - window.fromMs) / pointsMax / 1_000) * 1_000) };
}

/** Null: measured, and not known (no window yet, a reset). Undefined: nobody measured. */
export type Measured = number | null | undefined;

/** One point per step, the mean of what was measured in it, unknown where a part of it is: a reset is a gap however long the steps are. None where nobody measured, so that the last value stays the last. */
export function pointsOf(ticks: readonly LiveTick[], { window, stepMs }: ChartTime, valueAt: (tick: LiveTick) => Measured): Point[] {
  const steps = new Map<number, (number | null)[]>();
  for (const tick of ticks) {
    if (tick.atMs <= window.fromMs - stepMs || tick.atMs > window.toMs) continue;
    const t = Math.ceil(tick.atMs / stepMs) * stepMs;
    const value = valueAt(tick);
    if (value === undefined) continue;
    const values = steps.get(t) ?? [];
    values.push(value);
    steps.set(t, values);
  }
  return [...steps].map(([t, values]) => ({ t, value: mean(values) }));
}

function mean(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum / values.length;
}
