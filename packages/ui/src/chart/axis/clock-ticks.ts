// Where a time axis is marked by the clock on the wall: at round local times, also where the clock is set forward or back.
import type { TimeWindow } from './time-ticks.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
// 1 January 1970 was a Thursday.
const mondayMs = 4 * day;

// 28 days and more are months.
const STEPS_MS = [
  second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day,
];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];
const shortestMonthMs = 28 * day;

export interface ClockTicks {
  /** Oldest first, all inside the window. */
  ticks: number[];
  /** Of months, of the shortest ones. */
  stepMs: number;
}

/** In the reader's zone unless another is given. */
export function clockTicks(window: TimeWindow, most: number, timeZone?: string): ClockTicks {
  const span = window.toMs - window.fromMs;
  if (!(span > 0)) return { ticks: [], stepMs: second };
  const stepMs = STEPS_MS.find((each) => Math.floor(span / each) < most);
  if (stepMs === undefined) return monthTicks(window, most, timeZone);
  const ticks = stepMs <= hour ? elapsedTicks(window, stepMs, timeZone) : wallTicks(window, stepMs, timeZone);
  return { ticks, stepMs };
}

/** Steps of real time from a round local time: where the clock is set, the ticks stay round or are made so again. */
function elapsedTicks({ fromMs, toMs }: TimeWindow, stepMs: number, timeZone: string | undefined): number[] {
  const ticks: number[] = [];
  let t = fromMs;
  while (t <= toMs) {
    const past = modulo(t + offsetMs(t, timeZone), stepMs);
    if (past === 0) ticks.push(t);
    t += stepMs - past;
  }
  return ticks;
}

/** Round times of the wall's clock, wherever they fall. */
function wallTicks({ fromMs, toMs }: TimeWindow, stepMs: number, timeZone: string | undefined): number[] {
  const phase = stepMs > day ? mondayMs : 0;
  const ticks: number[] = [];
  let wall = Math.floor((fromMs + offsetMs(fromMs, timeZone) - phase) / stepMs) * stepMs + phase;
  for (; wall <= toMs + day; wall += stepMs) {
    const t = instantOf(wall, timeZone, stepMs >= day);
    if (t !== null && t >= fromMs && t <= toMs && t !== ticks.at(-1)) ticks.push(t);
  }
  return ticks;
}

function monthTicks({ fromMs, toMs }: TimeWindow, most: number, timeZone: string | undefined): ClockTicks {
  const span = toMs - fromMs;
  const months = MONTHS.find((each) => Math.floor(span / (each * shortestMonthMs)) < most) ?? 1_200;
  const first = new Date(fromMs + offsetMs(fromMs, timeZone));
  const ticks: number[] = [];
  let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  for (let t = -Infinity; t <= toMs; month += months) {
    t = instantOf(Date.UTC(Math.floor(month / 12), month % 12), timeZone, true) ?? t;
    if (t >= fromMs && t <= toMs) ticks.push(t);
  }
  return { ticks, stepMs: months * shortestMonthMs };
}

/** When the wall's clock shows this, the first time if twice; where it never does, null, or the first moment after. */
function instantOf(wallMs: number, timeZone: string | undefined, orAfter: boolean): number | null {
  const before = offsetMs(wallMs - day, timeZone);
  const after = offsetMs(wallMs + day, timeZone);
  const shown = [wallMs - before, wallMs - after].filter((t) => t + offsetMs(t, timeZone) === wallMs);
  if (shown.length > 0) return Math.min(...shown);
  return orAfter ? wallMs - before : null;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** How far the wall's clock is ahead of UTC. */
function offsetMs(t: number, timeZone: string | undefined): number {
  const whole = Math.floor(t / second) * second;
  const parts = Object.fromEntries(format('en-US', 'parts', timeZone).formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute: minutes = 0, second: seconds = 0 } = parts;
  return Date.UTC(year, month - 1, date, hours, minutes, seconds) - whole;
}

/** Seconds, minutes, dates or months, as the step needs; at midnight the new date. */
export function clockTickText(t: number, stepMs: number, locale: string, timeZone?: string): string {
  const wall = t + offsetMs(t, timeZone);
  if (stepMs >= shortestMonthMs) return format(locale, new Date(wall).getUTCMonth() === 0 ? 'year' : 'month', timeZone).format(t);
  if (stepMs >= day || modulo(wall, day) === 0) return format(locale, 'date', timeZone).format(t);
  return format(locale, stepMs < minute ? 'seconds' : 'minutes', timeZone).format(t);
}

/** A moment on an axis of this length: the longer it is, the more of the date. */
export function momentOnAxis(t: number, spanMs: number, locale: string, timeZone?: string): string {
  return format(locale, spanMs <= day ? 'seconds' : 'moment', timeZone).format(t);
}

const OPTIONS = {
  parts: { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minutes: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  date: { month: 'short', day: 'numeric' },
  moment: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  month: { month: 'short' },
  year: { year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

// Making one costs far more than using it; there are as many as languages times formats.
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, name: keyof typeof OPTIONS, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${locale} ${name} ${timeZone ?? ''}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...OPTIONS[name], ...(timeZone !== undefined && { timeZone }) });
  formats.set(key, made);
  return made;
}
