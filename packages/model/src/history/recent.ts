// What a director remembers of the last minutes, second by second: what the finest charts are drawn from.
import type { ByteKind, CounterName, Unseen } from '../live/counters.ts';

/** How far back an agent remembers seconds; a large director remembers less. */
export const recentMs = 900_000;

/** One object, or the sum of several, at one sample. */
export interface Moment {
  readonly active: number;
  readonly inactive: number;
  /** Of a real server; null of everything else. */
  readonly weight: number | null;
  /** Since the sample before; null where nobody measured that: it is the first one, came after a hole, or a counter began anew. */
  readonly growth: Readonly<Record<CounterName, number | Unseen>> | null;
}

export interface RecentLine {
  /** EndpointKey of a real server; null: what was asked for as a whole. */
  readonly key: string | null;
  /** Null: the whole, or a real server that is in no accepted revision. */
  readonly realServerId: string | null;
  /** One for each time; null where it was not there. */
  readonly moments: readonly (Moment | null)[];
}

export interface Recent {
  readonly byteKind: ByteKind;
  /** Rates are taken over steps that are together at least as long, for the forwarder renews its counters only so often. */
  readonly countersRefreshMs: number;
  /** From here on it is whole; null: nothing is remembered. */
  readonly sinceMs: number | null;
  /** When samples were taken by the director's clock, oldest first, and how long after the one before; 0: after a hole. */
  readonly times: readonly { readonly atMs: number; readonly stepMs: number }[];
  readonly lines: readonly RecentLine[];
}
