// Figures of several clusters in one: only what is known, and only bytes of one kind.
import type { Carried } from '../../live/service-line.ts';
import type { LiveTick } from '../../live/topic.ts';

export interface Sum {
  readonly active: number | null;
  readonly connectionsPerSecond: number | null;
  readonly bytesInPerSecond: number | null;
  readonly bytesOutPerSecond: number | null;
}

function total(values: readonly unknown[]): number | null {
  const known = values.filter((value) => typeof value === 'number');
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

export function sumOf(all: readonly Carried[]): Sum {
  const oneKind = new Set(all.flatMap(({ byteKind }) => byteKind ?? [])).size <= 1;
  return {
    active: total(all.map(({ active }) => active)),
    connectionsPerSecond: total(all.map(({ perSecond }) => perSecond.connections)),
    bytesInPerSecond: oneKind ? total(all.map(({ perSecond }) => perSecond.bytesIn)) : null,
    bytesOutPerSecond: oneKind ? total(all.map(({ perSecond }) => perSecond.bytesOut)) : null,
  };
}

/** Whether nothing of what a tick says is of now. */
export function allSilent({ directors }: LiveTick): boolean {
  return directors.every(({ state }) => state === 'silent');
}

const sums = new WeakMap<LiveTick, Sum>();

/** Of what live directors say; while all are silent, of their last words. Made once for each tick: a chart asks for hundreds again each second. */
export function sumOfTick(tick: LiveTick): Sum {
  const known = sums.get(tick);
  if (known !== undefined) return known;
  const live = new Set(tick.directors.flatMap(({ directorId, state }) => (state === 'live' ? [directorId] : [])));
  const counted = live.size === 0 ? tick.clusters : tick.clusters.filter(({ directors }) => directors.some((id) => live.has(id)));
  const sum = sumOf(counted.map(({ carried }) => carried));
  sums.set(tick, sum);
  return sum;
}
