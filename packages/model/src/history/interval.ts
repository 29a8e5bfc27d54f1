// What the objects of one director carried in one interval: the piece that history is made of.
import type { ByteKind, CounterName, Unseen } from '../live/counters.ts';

/** The finest interval that is kept on disk; minutes and the rest are made of it. */
export const intervalMs = 10_000;

/** By how much a counter grew, or why nobody sees it. What a counter shows after it began anew counts; what it lost by that nobody knows. */
export type Growth = bigint | Unseen;

/** One object in one interval. */
export interface Carried {
  /** Of the interval, by two neighbouring samples each; less than its length: nobody looked for the rest, or a counter began anew there. Rates are growth over this. */
  readonly measuredMs: number;
  /** What `measuredMs` does not cover counts too (before a restart of the agent, after a reset), for totals lose nothing. */
  readonly growth: Readonly<Record<CounterName, Growth>>;
  /** Of the growth, what falls into `measuredMs`. */
  readonly measuredGrowth: Readonly<Record<CounterName, Growth>>;
  /** Of the samples: mean and most. */
  readonly active: { readonly mean: number; readonly most: number };
  readonly inactive: { readonly mean: number };
}

export interface RealServerCarried extends Carried {
  /** EndpointKey. */
  readonly key: string;
  /** Null: in no accepted revision. */
  readonly realServerId: string | null;
  /** At the interval's end. */
  readonly weight: number;
}

export interface ServiceCarried extends Carried {
  /** ServiceKey. */
  readonly key: string;
  /** Null, both: of no cluster that the director has accepted. */
  readonly clusterId: string | null;
  readonly serviceId: string | null;
  readonly realServers: readonly RealServerCarried[];
}

export interface Interval {
  /** Counts from 1 in each journal, without a hole; what was dropped for want of room is named by the first that is left. */
  readonly sequence: number;
  /** By the director's clock, a multiple of `intervalMs`. */
  readonly startMs: number;
  readonly byteKind: ByteKind;
  readonly services: readonly ServiceCarried[];
}
