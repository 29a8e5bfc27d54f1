// Where a time axis is marked, counted back from its right end: "−5 m, −4 m … now".

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const STEPS_MS = [
  second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 28 * day,
];

export interface TimeWindow {
  fromMs: number;
  toMs: number;
}

/** At most `most` marks, oldest first; the last is the window's end. */
export function timeTicks({ fromMs, toMs }: TimeWindow, most: number): number[] {
  const span = toMs - fromMs;
  if (!(span > 0)) return [toMs];
  const room = Math.max(1, most - 1);
  const step = STEPS_MS.find((each) => Math.floor(span / each) <= room) ?? Math.ceil(span / room / day) * day;
  const count = Math.floor(span / step);
  return Array.from({ length: count + 1 }, (_, index) => toMs - (count - index) * step);
}

/** How far back a mark lies, in the largest unit that is whole: "−90 s", "−4 m". Units stay Latin in every language. */
export function behindText(behindMs: number): string {
  const units = [[day, 'd'], [hour, 'h'], [minute, 'm']] as const;
  for (const [ms, symbol] of units) {
    if (behindMs >= ms && behindMs % ms === 0) return `−${behindMs / ms} ${symbol}`;
  }
  return `−${Math.round(behindMs / second)} s`;
}
