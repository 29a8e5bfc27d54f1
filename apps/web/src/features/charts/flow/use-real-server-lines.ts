'use client';
// A line for each real server of a service, or for the ones that carry most and the rest.
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../../live/topic.ts';
import { othersIn, realServerIn, remembered, type LiveLine } from './live-flow.ts';
import { ranked } from './top-lines.ts';

export function useRealServerLines({ serviceId, realServers }: LiveService): readonly LiveLine[] {
  const other = useTranslations('charts')('other');
  // By all that they ever carried: who is on top seldom changes, and so do the colours.
  const { top, rest } = ranked(realServers, ({ figures }) => Number(figures.totals.connections) || 0);
  const shown = top.map(({ realServerId, key, name }) => ({ id: realServerId ?? key, name }));
  const named = JSON.stringify(shown);
  const [kept, setKept] = useState({ named, shown });
  if (kept.named !== named) setKept({ named, shown });
  const same = kept.named === named ? kept.shown : shown;
  const hasRest = rest.length > 0;
  return useMemo(() => {
    const lines = same.map((each) => remembered(realServerIn(serviceId, each)));
    return hasRest ? [...lines, remembered(othersIn(serviceId, new Set(same.map(({ id }) => id)), other))] : lines;
  }, [serviceId, same, hasRest, other]);
}
