// Figures of one object on one director, and their sum over directors or services. Pure. What is not known stays unknown in every sum.
import { ratesBetween, Unseen } from '@weir/model';
import type { ByteKind, ConnectionCounts, Counter, CounterName, Counters, Rate } from '@weir/model';
import type { Figures } from '../../../live/topic.ts';

/** One object, read at one moment, and the reading before that makes its rates. */
export interface Observed {
  readonly connections: readonly ConnectionCounts[];
  readonly counters: Counters;
  readonly measuredAtMs: number;
  readonly before: { readonly counters: Counters; readonly measuredAtMs: number } | null;
  readonly byteKind: ByteKind;
}

type PerName<T> = Record<CounterName, T>;

function each<T>(of: (name: CounterName) => T): PerName<T> {
  return {
    connections: of('connections'), packetsIn: of('packetsIn'), packetsOut: of('packetsOut'), bytesIn: of('bytesIn'), bytesOut: of('bytesOut'),
  };
}

export const unknownFigures: Figures = {
  active: null, inactive: null, persistent: null, totals: each(() => null), perSecond: each(() => null), windowMs: null, byteKind: null, measuredAtMs: null,
};

export function figuresOf({ connections, counters, measuredAtMs, before, byteKind }: Observed): Figures {
  const rates = before === null ? null : ratesBetween(before, { counters, measuredAtMs });
  return {
    active: sumOf(connections.map(({ active }) => active)),
    inactive: sumOf(connections.map(({ inactive }) => inactive)),
    persistent: sumOf(connections.map(({ persistent }) => persistent)),
    totals: each((name) => String(counters[name])),
    perSecond: each((name) => (rates === null ? unseenOrNull(counters[name]) : rates.perSecond[name])),
    windowMs: rates === null || rates.windowMs <= 0 ? null : Math.round(rates.windowMs),
    byteKind,
    measuredAtMs,
  };
}

/** What cannot be seen needs no window to be told. */
function unseenOrNull(counter: Counter): Rate {
  return typeof counter === 'bigint' ? null : counter;
}

/** Null where one of them is. */
function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}

/** Unseen where one of them is, since the rest would look like the whole; null where one of them is. */
function sumOfTotals(totals: readonly (string | null)[]): string | null {
  const unseen = totals.find((total) => total !== null && Unseen.options.some((option) => option === total));
  if (unseen !== undefined) return unseen;
  const known = totals.filter((total) => total !== null);
  return known.length === totals.length ? String(known.reduce((sum, total) => sum + BigInt(total), 0n)) : null;
}

function sumOfRates(rates: readonly Rate[]): Rate {
  const unseen = rates.find((rate) => typeof rate === 'string');
  return unseen ?? sumOf(rates.filter((rate) => typeof rate !== 'string'));
}

function isBytes(name: CounterName): boolean {
  return name === 'bytesIn' || name === 'bytesOut';
}

/** Of none it is unknown. Bytes of different kinds have no sum. */
export function sumFigures(parts: readonly Figures[]): Figures {
  const [first] = parts;
  if (first === undefined) return unknownFigures;
  if (parts.length === 1) return first;
  const byteKind = parts.every((part) => part.byteKind === first.byteKind) ? first.byteKind : null;
  const summed = (name: CounterName): boolean => byteKind !== null || !isBytes(name);
  return {
    active: sumOf(parts.map(({ active }) => active)),
    inactive: sumOf(parts.map(({ inactive }) => inactive)),
    persistent: sumOf(parts.map(({ persistent }) => persistent)),
    totals: each((name) => (summed(name) ? sumOfTotals(parts.map(({ totals }) => totals[name])) : null)),
    perSecond: each((name) => (summed(name) ? sumOfRates(parts.map(({ perSecond }) => perSecond[name])) : null)),
    windowMs: reduceKnown(parts.map(({ windowMs }) => windowMs), Math.max),
    byteKind,
    // The oldest: the sum is no fresher than its oldest part.
    measuredAtMs: reduceKnown(parts.map(({ measuredAtMs }) => measuredAtMs), Math.min),
  };
}

function reduceKnown(values: readonly (number | null)[], pick: (a: number, b: number) => number): number | null {
  return values.reduce((a, b) => (a === null || b === null ? null : pick(a, b)));
}
