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

export function useTimeAxis(window: TimeWindow, clock: boolean, locale: string, now: string): TimeAxis {
  return useMemo(() => (clock ? clockAxis(window, locale) : behindAxis(window, locale, now)), [window, clock, locale, now]);
}

function clockAxis(window: TimeWindow, locale: string): TimeAxis {
  const { ticks, stepMs } = clockTicks(window, mostClock);
  const spanMs = window.toMs - window.fromMs;
  return { ticks, tickText: (t) => clockTickText(t, stepMs, locale), momentText: (t) => momentOnAxis(t, spanMs, locale) };
}

function behindAxis(window: TimeWindow, locale: string, now: string): TimeAxis {
  return {
    ticks: timeTicks(window, mostBehind),
    tickText: (t) => (t === window.toMs ? now : behindText(window.toMs - t)),
    momentText: (t) => clockText(t, locale),
  };
}
