'use client';
// A line for each real server of a service, or for the ones that carry most and one for the rest.
import { useMemo, useState } from 'react';
import type { LiveService } from '../../../live/topic.ts';
import { othersIn, realServerIn, remembered, type LiveLine } from './live-flow.ts';
import { ranked, type RestLine } from './top-lines.ts';

export function useRealServerLines({ serviceId, realServers }: LiveService, { as, name: restNameOf }: RestLine): readonly LiveLine[] {
  // By all that they ever carried: who is on top seldom changes, and so do the colours.
  const { top, rest } = ranked(realServers, ({ figures }) => Number(figures.totals.connections) || 0);
  const shown = top.map(({ realServerId, key, name }) => ({ id: realServerId ?? key, name }));
  const named = JSON.stringify(shown);
  const [kept, setKept] = useState({ named, shown });
  if (kept.named !== named) setKept({ named, shown });
  const same = kept.named === named ? kept.shown : shown;
  const restName = rest.length > 0 ? restNameOf(rest.length) : null;
  return useMemo(() => {
    const lines = same.map((each) => remembered(realServerIn(serviceId, each)));
    return restName === null ? lines : [...lines, remembered(othersIn(serviceId, new Set(same.map(({ id }) => id)), { as, name: restName }))];
  }, [serviceId, same, restName, as]);
}
