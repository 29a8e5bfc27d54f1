// What charts draw, wherever it comes from: lines over one time axis, each with its metrics. Pure.
import type { ByteKind, Unseen } from '@weir/model';
import type { Point, TimeWindow } from '@weir/ui';

export const metrics = ['active', 'activeMost', 'connections', 'packetsIn', 'packetsOut', 'bytesIn', 'bytesOut'] as const;
export type Metric = (typeof metrics)[number];

export interface FlowLine {
  readonly id: string;
  readonly name: string;
  readonly points: Readonly<Record<Metric, readonly Point[]>>;
  /** Why nothing of a metric can be seen. */
  readonly unseen: Readonly<Record<Metric, Unseen | null>>;
  /** Of a real server. */
  readonly weights: readonly Point[];
}

export interface Flow {
  /** What of the past it shows. */
  readonly key: string;
  readonly window: TimeWindow;
  readonly stepMs: number;
  /** Whether its window moves on with time, and by the second. */
  readonly slides: boolean;
  readonly live: boolean;
  /** Whether the most in a step is known beside the mean. */
  readonly peaks: boolean;
  readonly byteKind: ByteKind | null;
  readonly lines: readonly FlowLine[];
}

export type Value = number | Unseen | null;

/** Unknown where nobody can see it: the line says why. */
export function numberOf(value: Value): number | null {
  return typeof value === 'number' ? value : null;
}

/** Why, where there is no number at all. */
export function unseenIn(values: readonly Value[]): Unseen | null {
  let why: Unseen | null = null;
  for (const value of values) {
    if (typeof value === 'number') return null;
    if (value !== null) why = value;
  }
  return why;
}

export function eachMetric<T>(of: (metric: Metric) => T): Record<Metric, T> {
  return {
    active: of('active'), activeMost: of('activeMost'), connections: of('connections'), packetsIn: of('packetsIn'), packetsOut: of('packetsOut'), bytesIn: of('bytesIn'), bytesOut: of('bytesOut'),
  };
}

/** In sum: unseen or unknown where a part is, since the rest would look like the whole; of none it is unknown. */
export function sumOf(values: readonly Value[]): Value {
  const unseen = values.find((value) => typeof value === 'string');
  if (unseen !== undefined) return unseen;
  const known = values.filter((value) => typeof value === 'number');
  return known.length === 0 || known.length < values.length ? null : known.reduce((sum, value) => sum + value, 0);
}
