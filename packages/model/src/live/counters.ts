// Counters that only grow, and the rates between two readings of them.
import { z } from 'zod';

/** Why a director cannot see a figure: the reply goes round it, or user space has no packets to count. */
export const Unseen = z.enum(['replyBypassesDirector', 'userSpace']);
export type Unseen = z.infer<typeof Unseen>;

/** What bytes are counted: IP packets with their headers (IPVS), or what the connections carried (proxy). Never added together. */
export const ByteKind = z.enum(['ipBytes', 'payloadBytes']);
export type ByteKind = z.infer<typeof ByteKind>;

/** A reading, or why there is none. */
export type Counter = bigint | Unseen;

export interface Counters {
  /** Connections (for one-packet services: datagrams) scheduled since the counter began. */
  readonly connections: Counter;
  readonly packetsIn: Counter;
  readonly packetsOut: Counter;
  readonly bytesIn: Counter;
  readonly bytesOut: Counter;
}

export const counterNames = ['connections', 'packetsIn', 'packetsOut', 'bytesIn', 'bytesOut'] as const;
export type CounterName = (typeof counterNames)[number];

/** Counters and when they were read. */
export interface Reading {
  readonly counters: Counters;
  readonly measuredAtMs: number;
}

/** Per second; null where two readings give none (no window, or a counter that fell: a reset). */
export type Rate = number | Unseen | null;

export interface Rates {
  readonly windowMs: number;
  readonly perSecond: Readonly<Record<CounterName, Rate>>;
}

function rate(before: Counter, after: Counter, windowMs: number): Rate {
  if (typeof after === 'string') return after;
  if (typeof before === 'string' || windowMs <= 0 || after < before) return null;
  return (Number(after - before) * 1_000) / windowMs;
}

/** The rates between two readings of the same object. A counter that fell was reset: its rate is null, never negative. */
export function ratesBetween(before: Reading, after: Reading): Rates {
  const windowMs = after.measuredAtMs - before.measuredAtMs;
  const of = (name: CounterName): Rate => rate(before.counters[name], after.counters[name], windowMs);
  return {
    windowMs,
    perSecond: {
      connections: of('connections'), packetsIn: of('packetsIn'), packetsOut: of('packetsOut'),
      bytesIn: of('bytesIn'), bytesOut: of('bytesOut'),
    },
  };
}
