// Figures with units, short enough for a table: three significant digits, one unit per column or axis.

/** What is measured. Rates are per second; bits and bytes step by 1000, as line rates do. */
export type Quantity = 'count' | 'meanCount' | 'countPerSecond' | 'bitsPerSecond' | 'bytesPerSecond' | 'bytes';

/** Unknown: never 0. */
export const unknownText = '—';

export interface Unit {
  divisor: number;
  symbol: string;
}

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

const BASES: Record<Quantity, { symbol: string; spaced: boolean; whole: boolean }> = {
  count: { symbol: '', spaced: false, whole: true },
  meanCount: { symbol: '', spaced: false, whole: false },
  countPerSecond: { symbol: '/s', spaced: false, whole: false },
  bitsPerSecond: { symbol: 'b/s', spaced: true, whole: false },
  bytesPerSecond: { symbol: 'B/s', spaced: true, whole: false },
  bytes: { symbol: 'B', spaced: true, whole: true },
};

/** The unit in which this value, and all others on its axis, are written. */
export function unitFor(quantity: Quantity, value: number | bigint): Unit {
  const size = Math.abs(Number(value));
  let power = 0;
  // 999.5 of a unit would be written as 1000 of it.
  while (power < PREFIXES.length - 1 && size >= 999.5 * 1000 ** power) power += 1;
  // Below 1000 a whole number is exact and needs no prefix.
  if (power === 1 && size < 1000 && Number.isInteger(size)) power = 0;
  const { symbol, spaced } = BASES[quantity];
  return { divisor: 1000 ** power, symbol: `${spaced ? ' ' : ''}${PREFIXES[power] ?? ''}${symbol}` };
}

/** The value in a given unit: "1.82 Gb/s", "12.4k", "418". */
export function inUnit(value: number | bigint | null, unit: Unit, quantity: Quantity, locale: string): string {
  if (value === null || Number.isNaN(Number(value))) return unknownText;
  const scaled = Number(value) / unit.divisor;
  return `${numberFormat(locale, style(scaled, unit, quantity)).format(scaled)}${unit.symbol}`;
}

/** The value in the unit that fits it. */
export function quantityText(value: number | bigint | null, quantity: Quantity, locale: string): string {
  return value === null ? unknownText : inUnit(value, unitFor(quantity, value), quantity, locale);
}

/** A mark on an axis: no more digits than it needs. */
export function axisText(value: number, unit: Unit, locale: string): string {
  return `${numberFormat(locale, 'short').format(value / unit.divisor)}${unit.symbol}`;
}

/** Every digit, grouped: "12,431". */
export function exactText(value: number | bigint | null, locale: string): string {
  return value === null ? unknownText : numberFormat(locale, 'exact').format(value);
}

type Style = 'whole' | 'three' | 'hundredths' | 'short' | 'exact';

function style(scaled: number, unit: Unit, quantity: Quantity): Style {
  if (scaled === 0 || (unit.divisor === 1 && (BASES[quantity].whole || Math.abs(scaled) >= 100))) return 'whole';
  // In a unit chosen for a larger value, a small one is not spelt out to three digits.
  return Math.abs(scaled) < 1 ? 'hundredths' : 'three';
}

const OPTIONS: Record<Style, Intl.NumberFormatOptions> = {
  whole: { maximumFractionDigits: 0, useGrouping: false },
  three: { minimumSignificantDigits: 3, maximumSignificantDigits: 3, useGrouping: false },
  hundredths: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  short: { maximumSignificantDigits: 3, useGrouping: false },
  exact: { maximumFractionDigits: 20 },
};

// Making one costs far more than using it; there are as many as languages times styles.
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, name: Style): Intl.NumberFormat {
  const key = `${locale} ${name}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, OPTIONS[name]);
  formats.set(key, made);
  return made;
}
