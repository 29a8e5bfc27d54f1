// Whether a drain is over: from one reading of the forwarder's counters to the next. Pure.
import type { RealServerSample, Sample } from '../live/sample.ts';
import type { EndpointKey, ServiceKey } from '../table/table.ts';
import type { DrainEvidence } from './drain.ts';

/** Where a target is in the forwarder. */
export interface DrainPlace {
  readonly service: ServiceKey;
  readonly endpoint: EndpointKey;
}

/** Null: it is not in the forwarder. */
export type DrainReading = Pick<RealServerSample, 'weight' | 'connections'> | null;

export interface DrainTrack {
  /** Since when every reading showed that no target takes anything new. */
  readonly weightZeroAtMs: number | null;
  /** Readings in a row, after that, in which nothing was left. */
  readonly zero: { readonly sinceMs: number; readonly lastMs: number; readonly readings: number } | null;
}

export const noTrack: DrainTrack = { weightZeroAtMs: null, zero: null };

const READINGS_MIN = 2;

export function readingsOf(places: readonly DrainPlace[], { services }: Pick<Sample, 'services'>): DrainReading[] {
  return places.map(({ service, endpoint }) => (
    services.find(({ key }) => key === service)?.realServers.find(({ key }) => key === endpoint) ?? null));
}

/** An active or inactive connection, or a client that would come back to it. What is not counted is not known to be none. */
function isEmpty(reading: DrainReading): boolean {
  if (reading === null) return true;
  const { active, inactive, persistent } = reading.connections;
  return active === 0 && inactive === 0 && persistent === 0;
}

/**
 * The track after one more reading. `mayBeGone`: it was ordered to be taken out; before that, a target that is not in the forwarder proves
 * nothing, since connections of one that somebody took out stay where it was.
 */
export function trackNext(track: DrainTrack, readings: readonly DrainReading[], { atMs, mayBeGone }: { readonly atMs: number; readonly mayBeGone: boolean }): DrainTrack {
  const takesNothing = readings.length > 0 && readings.every((reading) => (reading === null ? mayBeGone : reading.weight === 0));
  if (!takesNothing) return noTrack;
  const weightZeroAtMs = track.weightZeroAtMs ?? atMs;
  if (!readings.every(isEmpty)) return { weightZeroAtMs, zero: null };
  const { zero } = track;
  return { weightZeroAtMs, zero: zero === null ? { sinceMs: atMs, lastMs: atMs, readings: 1 } : { ...zero, lastMs: atMs, readings: zero.readings + 1 } };
}

/** At least two readings in a row with nothing left, `refreshMs` apart: as long as the forwarder takes to renew what it counts. */
export function evidenceOf({ weightZeroAtMs, zero }: DrainTrack, refreshMs: number, how: DrainEvidence['how']): DrainEvidence | null {
  if (weightZeroAtMs === null || zero === null) return null;
  const { sinceMs, lastMs, readings } = zero;
  return readings < READINGS_MIN || lastMs - sinceMs < refreshMs ? null : { how, weightZeroAtMs, zeroSinceMs: sinceMs, atMs: lastMs, readings };
}
