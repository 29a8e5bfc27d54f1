// What a chart's time axis says: how far back, or the time of day.
import { useMemo } from 'react';
import { clockText } from '../../format/duration.ts';
import { clockTicks, clockTickText, momentOnAxis } from './clock-ticks.ts';
import { behindText, timeTicks, type TimeWindow } from './time-ticks.ts';

// Marks need about 80 px each in the narrowest layout.
const mostBehind = 6;
// Times of day are narrower.
const mostClock = 7;

export interface TimeAxis {
  ticks: number[];
  tickText: (t: number) => string;
  /** A moment between the marks. */
  momentText: (t: number) => string;
}

/** `most`: no more marks than there is room for. */
export function useTimeAxis(window: TimeWindow, clock: boolean, locale: string, now: string, most = Infinity): TimeAxis {
  return useMemo(() => (clock ? clockAxis(window, locale, most) : behindAxis(window, locale, now, most)), [window, clock, locale, now, most]);
}

function clockAxis(window: TimeWindow, locale: string, most: number): TimeAxis {
  const { ticks, stepMs } = clockTicks(window, Math.min(most, mostClock));
  const spanMs = window.toMs - window.fromMs;
  return { ticks, tickText: (t) => clockTickText(t, stepMs, locale), momentText: (t) => momentOnAxis(t, spanMs, locale) };
}

function behindAxis(window: TimeWindow, locale: string, now: string, most: number): TimeAxis {
  return {
    ticks: timeTicks(window, Math.min(most, mostBehind)),
    tickText: (t) => (t === window.toMs ? now : behindText(window.toMs - t, locale)),
    momentText: (t) => clockText(t, locale),
  };
}
