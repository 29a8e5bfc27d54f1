// Spans of time in Latin units, which stay as they are in every language: "2 m", "1 h 5 m".
import { unknownText } from './quantity.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const UNITS = [
  { ms: day, symbol: 'd' },
  { ms: hour, symbol: 'h' },
  { ms: minute, symbol: 'm' },
  { ms: second, symbol: 's' },
] as const;

/** At most two units, the second left out when it is 0: "90 ms", "14 s", "2 m 5 s", "3 d 4 h". */
export function durationText(ms: number | bigint | null): string {
  if (ms === null || !Number.isFinite(Number(ms))) return unknownText;
  const span = Math.abs(Number(ms));
  const sign = Number(ms) < 0 ? '−' : '';
  if (span < second) return `${sign}${Math.round(span)} ms`;
  const index = UNITS.findIndex((unit) => span >= unit.ms);
  const large = UNITS[index] ?? UNITS[3];
  const small = UNITS[index + 1];
  const count = Math.floor(span / large.ms);
  const rest = small ? Math.floor((span - count * large.ms) / small.ms) : 0;
  return `${sign}${count} ${large.symbol}${rest > 0 && small ? ` ${rest} ${small.symbol}` : ''}`;
}

/** How old something is, in its largest unit: "0 s", "14 s", "2 m", "3 d". A time ahead of the clock is 0 s old. */
export function ageText(atMs: number | null, nowMs: number): string {
  if (atMs === null) return unknownText;
  const age = Math.max(0, nowMs - atMs);
  const unit = UNITS.find((each) => age >= each.ms) ?? UNITS[3];
  return `${Math.floor(age / unit.ms)} ${unit.symbol}`;
}

/** Time of day with seconds, in the reader's zone unless another is given: "14:02:11". */
export function clockText(atMs: number | null, locale: string, timeZone?: string): string {
  if (atMs === null) return unknownText;
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Date(atMs).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...zone });
}
