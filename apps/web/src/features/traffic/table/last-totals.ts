// What a real server had counted when it was last forwarded to: while it is out, its forwarder has no counter for it.
import { useState } from 'react';
import type { Figures, LiveRealServer, LiveService, LiveTick } from '../../../live/topic.ts';
import type { TopicView } from '../../live/topic-buffer.ts';

export interface LastTotals {
  readonly totals: Figures['totals'];
  readonly atMs: number;
}

/** By the real server's id. */
export type LastCounted = ReadonlyMap<string, LastTotals>;

const nothing: LastCounted = new Map();

function isCounted({ figures }: LiveRealServer): boolean {
  return figures.measuredAtMs !== null;
}

/** Of those that are not counted now. */
export function lastCounted(ticks: readonly LiveTick[], { serviceId, realServers }: Pick<LiveService, 'serviceId' | 'realServers'>): LastCounted {
  const wanted = new Set(realServers.flatMap((row) => (row.realServerId === null || isCounted(row) ? [] : [row.realServerId])));
  const found = new Map<string, LastTotals>();
  for (const tick of ticks.toReversed()) {
    if (found.size === wanted.size) break;
    for (const row of tick.services.find((each) => each.serviceId === serviceId)?.realServers ?? []) {
      const { realServerId: id, figures: { totals, measuredAtMs: atMs } } = row;
      if (id !== null && atMs !== null && wanted.has(id) && !found.has(id)) found.set(id, { totals, atMs });
    }
  }
  return found;
}

/** Looked for when one goes out, or more of the past came: what was is looked through once. */
export function useLastCounted({ ticks, caughtUp }: TopicView, service: LiveService): LastCounted {
  const key = JSON.stringify([caughtUp, service.realServers.filter((row) => !isCounted(row)).map(({ realServerId }) => realServerId)]);
  const [kept, setKept] = useState({ key: '', last: nothing });
  if (kept.key === key) return kept.last;
  const next = { key, last: lastCounted(ticks, service) };
  setKept(next);
  return next.last;
}
