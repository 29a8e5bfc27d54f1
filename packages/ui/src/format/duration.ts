// Spans of time: "2 m", "1 h 5 m", and "2 分", "1 小时 5 分" in Chinese, where a Latin m is a metre.
import { unknownText } from './quantity.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const UNITS = [
  { ms: day, symbol: 'd', chinese: '天' },
  { ms: hour, symbol: 'h', chinese: '小时' },
  { ms: minute, symbol: 'm', chinese: '分' },
  { ms: second, symbol: 's', chinese: '秒' },
  { ms: 1, symbol: 'ms', chinese: '毫秒' },
] as const;
const SECONDS = 3;

type Unit = (typeof UNITS)[number];

function counted(count: number, unit: Unit, locale: string): string {
  return `${count} ${locale.startsWith('zh') ? unit.chinese : unit.symbol}`;
}

/** At most two units, the second left out when it is 0: "90 ms", "14 s", "2 m 5 s", "3 d 4 h". */
export function durationText(ms: number | bigint | null, locale = 'en'): string {
  if (ms === null || !Number.isFinite(Number(ms))) return unknownText;
  const span = Math.abs(Number(ms));
  const sign = Number(ms) < 0 ? '−' : '';
  if (span < second) return `${sign}${counted(Math.round(span), UNITS[4], locale)}`;
  const index = UNITS.findIndex((unit) => span >= unit.ms);
  const large = UNITS[index] ?? UNITS[SECONDS];
  const small = index < SECONDS ? UNITS[index + 1] : undefined;
  const count = Math.floor(span / large.ms);
  const rest = small ? Math.floor((span - count * large.ms) / small.ms) : 0;
  return `${sign}${counted(count, large, locale)}${rest > 0 && small ? ` ${counted(rest, small, locale)}` : ''}`;
}

/** How old something is, in its largest unit: "0 s", "14 s", "2 m", "3 d". A time ahead of the clock is 0 s old. */
export function ageText(atMs: number | null, nowMs: number, locale = 'en'): string {
  if (atMs === null) return unknownText;
  const age = Math.max(0, nowMs - atMs);
  const unit = UNITS.find((each) => each.ms >= second && age >= each.ms) ?? UNITS[SECONDS];
  return counted(Math.floor(age / unit.ms), unit, locale);
}

/** Time of day with seconds, in the reader's zone unless another is given: "14:02:11". */
export function clockText(atMs: number | null, locale: string, timeZone?: string): string {
  if (atMs === null) return unknownText;
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Date(atMs).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...zone });
}
