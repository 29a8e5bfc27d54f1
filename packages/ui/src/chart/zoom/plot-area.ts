// Where in a chart the plot lies, and which moment lies where in it.
import type { TimeWindow } from '../axis/time-ticks.ts';

/** The y axis' texts, and air for the last mark of the x axis. */
export const plotLeftPx = 72;
export const plotRightPx = 16;
export const plotTopPx = 8;
export const plotBottomPx = 20;

export interface PlotSpan {
  leftPx: number;
  widthPx: number;
}

/** Of an element that is as wide as the chart. */
export function plotSpan({ left, width }: { left: number; width: number }): PlotSpan {
  return { leftPx: left + plotLeftPx, widthPx: Math.max(1, width - plotLeftPx - plotRightPx) };
}

/** The moment at this place on the screen; beside the plot, its edge. */
export function momentAt(xPx: number, { leftPx, widthPx }: PlotSpan, { fromMs, toMs }: TimeWindow): number {
  const part = Math.min(1, Math.max(0, (xPx - leftPx) / widthPx));
  return Math.round(fromMs + part * (toMs - fromMs));
}

/** A shorter or longer window in which the moment stays where it is. */
export function zoomed({ fromMs, toMs }: TimeWindow, factor: number, aroundMs: number): TimeWindow {
  return { fromMs: Math.round(aroundMs - (aroundMs - fromMs) * factor), toMs: Math.round(aroundMs + (toMs - aroundMs) * factor) };
}
