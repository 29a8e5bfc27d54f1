// Adds up what objects carried into the points of one line: in each step each object by itself, then all of them. Pure.
import type { ByteKind, CounterName, Rate, Unseen } from '@weir/model';
import type { HistoryPoint, HistoryTotals } from '../../../history/series.ts';
import { addGrown, each, isBytes, joined } from '../portion.ts';
import type { Grown, Portion } from '../portion.ts';
import { Looked } from './looked.ts';

export interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

type Perhaps<T> = T | null;

export interface Whose {
  readonly object: number;
  readonly director: number;
}

interface Cell {
  readonly director: number;
  readonly portion: Portion;
}

export class Steps {
  readonly #axis: Axis;
  readonly #looked: Looked;
  /** By step, by object. */
  readonly #cells: Map<number, Cell>[];
  /** Of each interval that was added, by step: the most of all objects in it. */
  readonly #most: Map<number, number>[];
  readonly #byteKinds = new Set<ByteKind | null>();
  #grown: Perhaps<Record<CounterName, Grown>> = null;

  constructor(axis: Axis, looked = new Looked(axis)) {
    this.#axis = axis;
    this.#looked = looked;
    const count = Math.round((axis.toMs - axis.fromMs) / axis.stepMs);
    this.#cells = Array.from({ length: count }, () => new Map<number, Cell>());
    this.#most = Array.from({ length: count }, () => new Map<number, number>());
  }

  /** In the order of time for each object. What is outside of the axis counts nowhere. */
  add({ object, director }: Whose, startMs: number, byteKind: ByteKind | null, portion: Portion): void {
    const step = Math.floor((startMs - this.#axis.fromMs) / this.#axis.stepMs);
    const [cell, most] = [this.#cells[step], this.#most[step]];
    if (cell === undefined || most === undefined) return;
    const before = cell.get(object);
    cell.set(object, { director, portion: before === undefined ? portion : joined(before.portion, portion) });
    most.set(startMs, (most.get(startMs) ?? 0) + portion.activeMost);
    const grown = this.#grown;
    this.#grown = grown === null ? portion.grown : each((name) => addGrown(grown[name], portion.grown[name]));
    this.#byteKinds.add(byteKind);
  }

  get byteKinds(): ReadonlySet<ByteKind | null> {
    return this.#byteKinds;
  }

  points(withBytes: boolean): HistoryPoint[] {
    const { fromMs, stepMs } = this.#axis;
    return this.#cells.map((cell, step) => {
      const most = [...this.#most[step]?.values() ?? []];
      const all = [...cell.values()].map(({ director, portion }): Seen => ({ ...portion, overMs: Math.max(portion.measuredMs, this.#looked.ms(step, director)) }));
      // Seen for a moment, and not measured: nobody knows what that was.
      const measured = all.filter(({ measuredMs }) => measuredMs > 0);
      const isKnown = measured.length > 0 || (all.length === 0 && this.#looked.any(step));
      return pointOf(fromMs + (step + 1) * stepMs, isKnown ? { measured, most: Math.max(0, ...most) } : null, withBytes);
    });
  }

  /** `known`: somebody looked, and what was not there took nothing. */
  totals(withBytes: boolean, known = false): HistoryTotals {
    return each((name) => {
      const grown = this.#grown?.[name] ?? null;
      if (this.#grown === null && known && (withBytes || !isBytes(name))) return '0';
      if (grown === null || (isBytes(name) && !withBytes)) return null;
      return typeof grown === 'string' ? grown : String(grown.all);
    });
  }
}

interface Seen extends Portion {
  /** Of this its director was looking, and it was there for the measured part: what was not there took nothing. */
  readonly overMs: number;
}

function pointOf(t: number, seen: { readonly measured: readonly Seen[]; readonly most: number } | null, withBytes: boolean): HistoryPoint {
  const sum = (of: (one: Seen) => number): number | null => seen?.measured.reduce((total, one) => total + (of(one) * one.measuredMs) / one.overMs, 0) ?? null;
  const weights = new Set(seen?.measured.map(({ weight }) => weight));
  return {
    t,
    active: sum(({ activeMean }) => activeMean),
    activeMost: seen?.most ?? null,
    inactive: sum(({ inactiveMean }) => inactiveMean),
    perSecond: each((name) => (seen === null || (isBytes(name) && !withBytes) ? null : rateOf(name, seen.measured))),
    weight: weights.size === 1 ? [...weights][0] ?? null : null,
  };
}

/** Unseen where one of them is, since the rest would look like the whole. */
function rateOf(name: CounterName, measured: readonly Seen[]): Rate {
  let sum = 0;
  let unseen: Unseen | null = null;
  for (const { grown, overMs } of measured) {
    const own = grown[name];
    if (own === null) return null;
    if (typeof own === 'string') unseen = own;
    else sum += (Number(own.measured) * 1_000) / overMs;
  }
  return unseen ?? sum;
}
