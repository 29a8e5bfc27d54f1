// Adds up what objects carried into the points of one line: in each step each object by itself, then all of them. Pure.
import type { ByteKind, CounterName, Rate, Unseen } from '@weir/model';
import type { HistoryPoint, HistoryTotals } from '../../../history/series.ts';
import { addGrown, each, isBytes, joined } from '../portion.ts';
import type { Grown, Portion } from '../portion.ts';

export interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

type Perhaps<T> = T | null;

export class Steps {
  readonly #axis: Axis;
  /** By step, by object. */
  readonly #cells: Map<number, Portion>[];
  /** Of each interval that was added, by step: the most of all objects in it. */
  readonly #most: Map<number, number>[];
  readonly #byteKinds = new Set<ByteKind | null>();
  #grown: Perhaps<Record<CounterName, Grown>> = null;

  constructor(axis: Axis) {
    this.#axis = axis;
    const count = Math.round((axis.toMs - axis.fromMs) / axis.stepMs);
    this.#cells = Array.from({ length: count }, () => new Map<number, Portion>());
    this.#most = Array.from({ length: count }, () => new Map<number, number>());
  }

  /** In the order of time for each object. What is outside of the axis counts nowhere. */
  add(object: number, startMs: number, byteKind: ByteKind | null, portion: Portion): void {
    const step = Math.floor((startMs - this.#axis.fromMs) / this.#axis.stepMs);
    const [cell, most] = [this.#cells[step], this.#most[step]];
    if (cell === undefined || most === undefined) return;
    const before = cell.get(object);
    cell.set(object, before === undefined ? portion : joined(before, portion));
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
    return this.#cells.map((cell, step) => pointOf(fromMs + (step + 1) * stepMs, [...cell.values()], [...this.#most[step]?.values() ?? []], withBytes));
  }

  totals(withBytes: boolean): HistoryTotals {
    return each((name) => {
      const grown = this.#grown?.[name] ?? null;
      if (grown === null || (isBytes(name) && !withBytes)) return null;
      return typeof grown === 'string' ? grown : String(grown.all);
    });
  }
}

function pointOf(t: number, portions: readonly Portion[], most: readonly number[], withBytes: boolean): HistoryPoint {
  const measured = portions.filter(({ measuredMs }) => measuredMs > 0);
  const sum = (of: (portion: Portion) => number): number | null => (measured.length === 0 ? null : measured.reduce((total, portion) => total + of(portion), 0));
  const weights = new Set(measured.map(({ weight }) => weight));
  return {
    t,
    active: sum(({ activeMean }) => activeMean),
    activeMost: measured.length === 0 ? null : Math.max(...most),
    inactive: sum(({ inactiveMean }) => inactiveMean),
    perSecond: each((name) => (isBytes(name) && !withBytes ? null : rateOf(name, measured))),
    weight: weights.size === 1 ? [...weights][0] ?? null : null,
  };
}

/** Unseen where one of them is, since the rest would look like the whole. */
function rateOf(name: CounterName, measured: readonly Portion[]): Rate {
  let sum: number | null = null;
  let unseen: Unseen | null = null;
  for (const { grown, measuredMs } of measured) {
    const own = grown[name];
    if (own === null) return null;
    if (typeof own === 'string') unseen = own;
    else sum = (sum ?? 0) + (Number(own.measured) * 1_000) / measuredMs;
  }
  return unseen ?? sum;
}
