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
  // Whole steps only: a half-filled last one would jump.
  const toMs = Math.floor((view.latest?.atMs ?? nowMs) / stepMs) * stepMs;
  return { window: { fromMs: toMs - rangeMs, toMs }, stepMs };
}

/** Null: measured, and not known (no window yet, a reset). Undefined: nobody measured. */
export type Measured = number | null | undefined;

/** A value counts only while a director that measures it is live: old figures are not drawn as new ones. */
export function measured(tick: LiveTick, directors: readonly string[], value: number | string | null): Measured {
  if (!tick.directors.some(({ directorId, state }) => state === 'live' && directors.includes(directorId))) return undefined;
  return typeof value === 'number' ? value : null;
}

/** One point per step, the mean of what was measured in it; none where nobody measured, so that the last value stays the last. */
export function pointsOf(view: TopicView, { window, stepMs }: ChartTime, valueAt: (tick: LiveTick) => Measured): Point[] {
  const steps = new Map<number, number[]>();
  for (const tick of view.ticks) {
    if (tick.atMs <= window.fromMs - stepMs || tick.atMs > window.toMs) continue;
    const t = Math.ceil(tick.atMs / stepMs) * stepMs;
    const value = valueAt(tick);
    if (value === undefined) continue;
    const values = steps.get(t) ?? [];
    steps.set(t, value === null ? values : [...values, value]);
  }
  return [...steps].map(([t, values]) => (
    { t, value: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length }));
}
