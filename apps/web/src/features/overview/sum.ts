// Figures of several clusters in one: only what is known, and only bytes of one kind.
import type { Figures } from '../../live/topic.ts';

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

export function sumOf(all: readonly Figures[]): Sum {
  const oneKind = new Set(all.flatMap(({ byteKind }) => byteKind ?? [])).size <= 1;
  return {
    active: total(all.map(({ active }) => active)),
    connectionsPerSecond: total(all.map(({ perSecond }) => perSecond.connections)),
    bytesInPerSecond: oneKind ? total(all.map(({ perSecond }) => perSecond.bytesIn)) : null,
    bytesOutPerSecond: oneKind ? total(all.map(({ perSecond }) => perSecond.bytesOut)) : null,
  };
}
