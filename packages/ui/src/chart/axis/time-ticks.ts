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

const units = [[day, 'd', '天'], [hour, 'h', '小时'], [minute, 'm', '分'], [second, 's', '秒']] as const;

/** How far back a mark lies, in the largest unit that is whole: "−90 s", "−4 m"; in Chinese "−4 分", where a Latin m is a metre. */
export function behindText(behindMs: number, locale = 'en'): string {
  const [ms, latin, chinese] = units.find(([each]) => behindMs >= each && behindMs % each === 0) ?? units[3];
  return `−${Math.round(behindMs / ms)} ${locale.startsWith('zh') ? chinese : latin}`;
}
