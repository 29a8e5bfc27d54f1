// What one object carried in a stretch of time, as it is kept: the sum of stretches of one object is again one. Pure.
import type { CounterName, Unseen } from '@weir/model';

/** `measured`: what falls into the measured time. Unseen: nobody sees all of it. Null: bytes of two kinds, which have no sum. */
export type Grown = { readonly all: bigint; readonly measured: bigint } | Unseen | null;

export interface Portion {
  readonly measuredMs: number;
  readonly grown: Readonly<Record<CounterName, Grown>>;
  readonly activeMean: number;
  readonly activeMost: number;
  readonly inactiveMean: number;
  /** At the end; of a real server. */
  readonly weight: number | null;
}

/** In the order of `counterNames`. */
export function each<T>(of: (name: CounterName, index: number) => T): Record<CounterName, T> {
  return {
    connections: of('connections', 0), packetsIn: of('packetsIn', 1), packetsOut: of('packetsOut', 2), bytesIn: of('bytesIn', 3), bytesOut: of('bytesOut', 4),
  };
}

export function isBytes(name: CounterName): boolean {
  return name === 'bytesIn' || name === 'bytesOut';
}

/** Unseen where one of them is, since the rest would look like the whole. */
export function addGrown(a: Grown, b: Grown): Grown {
  if (a === null || b === null) return null;
  if (typeof a === 'string') return typeof b === 'string' && b < a ? b : a;
  if (typeof b === 'string') return b;
  return { all: a.all + b.all, measured: a.measured + b.measured };
}

/** `later` follows. Means are weighed by how long was measured. */
export function joined(earlier: Portion, later: Portion): Portion {
  const [a, b] = earlier.measuredMs + later.measuredMs === 0 ? [1, 1] : [earlier.measuredMs, later.measuredMs];
  const mean = (first: number, second: number): number => (first * a + second * b) / (a + b);
  return {
    measuredMs: earlier.measuredMs + later.measuredMs,
    grown: each((name) => addGrown(earlier.grown[name], later.grown[name])),
    activeMean: mean(earlier.activeMean, later.activeMean),
    activeMost: Math.max(earlier.activeMost, later.activeMost),
    inactiveMean: mean(earlier.inactiveMean, later.inactiveMean),
    weight: later.weight ?? earlier.weight,
  };
}

/** Where other bytes are counted in another part of it, there is no sum of bytes. */
export function withoutBytes(portion: Portion): Portion {
  return { ...portion, grown: { ...portion.grown, bytesIn: null, bytesOut: null } };
}

