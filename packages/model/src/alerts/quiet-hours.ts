// Quiet hours: days and a span of a day in a named time zone in which nothing is sent. Pure.
import { z } from 'zod';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const clockTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

/** From `from` of each of these days until `to`, on the next day where that is not later; the same twice is a whole day. */
export const QuietHours = z.strictObject({
  /** 1 is Monday, 7 Sunday (ISO 8601). */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: z.string().regex(clockTime),
  to: z.string().regex(clockTime),
  /** As IANA names it, such as `Europe/Berlin`. */
  timeZone: z.string().min(1).max(64).refine(isTimeZone, { error: 'is not a time zone', params: { code: 'notATimeZone' } }),
}).refine(({ days, from, to }) => from !== to || new Set(days).size < weekdays.length, { error: 'never ends', path: ['to'], params: { code: 'neverEnds' } });
export type QuietHours = z.infer<typeof QuietHours>;

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** No week is without a minute that is not quiet. */
const longestMinutes = 8 * dayMinutes;

/** More than any place puts its clocks forward. */
const clockChangeMaxMinutes = 180;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, made);
  return made;
}

function wallClock(timeZone: string, atMs: number): { readonly day: number; readonly minute: number } {
  const parts = Object.fromEntries(formatIn(timeZone).formatToParts(atMs).map(({ type, value }) => [type, value]));
  return { day: weekdays.indexOf(parts['weekday'] ?? '') + 1, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
}

function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

export function isQuiet({ days, from, to, timeZone }: QuietHours, atMs: number): boolean {
  const { day, minute } = wallClock(timeZone, atMs);
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const overMidnight = end <= begin;
  const yesterday = day === 1 ? 7 : day - 1;
  if (days.includes(day) && minute >= begin && (overMidnight || minute < end)) return true;
  return overMidnight && days.includes(yesterday) && minute < end;
}

/** When the quiet hours that hold now are over; the moment itself where none hold. They end at `to` of some day: only near it each minute is looked at, for clocks may change before. */
export function quietUntil(quiet: QuietHours, atMs: number): number {
  if (!isQuiet(quiet, atMs)) return atMs;
  let thenMs = Math.floor(atMs / minuteMs) * minuteMs;
  const latestMs = thenMs + longestMinutes * minuteMs;
  do {
    const left = (minuteOf(quiet.to) - wallClock(quiet.timeZone, thenMs).minute + dayMinutes) % dayMinutes;
    thenMs += Math.max(1, left - clockChangeMaxMinutes) * minuteMs;
  } while (thenMs < latestMs && isQuiet(quiet, thenMs));
  return thenMs;
}
