'use client';
// All services of a cluster in sum.
import { Skeleton, Stale } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { FlowCharts } from '../charts/draw/flow-charts.tsx';
import { remembered, wholeCluster } from '../charts/flow/live-flow.ts';
import { useFlow } from '../charts/flow/use-flow.ts';
import type { HistoryAsk } from '../charts/flow/use-history-flow.ts';
import { useLiveWindow } from '../charts/flow/use-live-flow.ts';
import { ShownRange } from '../charts/range/shown-range.tsx';
import type { RangeChoice } from '../charts/range/use-range.ts';
import type { FollowedTopic } from '../live/live-provider.tsx';
import { useSilence } from './silent.tsx';

const noMoments: readonly number[] = [];

export interface ClusterTrafficProps {
  clusterId: string;
  topic: FollowedTopic;
  choice: RangeChoice;
  /** That should be in it. */
  directors: number;
}

export function ClusterTraffic({ clusterId, topic: { now }, choice, directors }: ClusterTrafficProps) {
  const t = useTranslations('charts');
  const silence = useSilence();
  const name = t('allServices');
  const lines = useMemo(() => [remembered(wholeCluster(clusterId, name))], [clusterId, name]);
  const ask = useMemo((): HistoryAsk => ({ subject: { kind: 'cluster', clusterId }, by: 'whole', name }), [clusterId, name]);
  const shown = useFlow(useLiveWindow(now, choice.range), choice.range, lines, ask);
  const counted = [...new Set((now.latest?.services ?? []).flatMap(({ directors: each }) => each))];
  return (
    <section aria-label={name} className="flex flex-col gap-3">
      <ShownRange choice={choice} shown={shown} directors={directors} />
      <Stale since={silence(now.latest, counted)}>
        {shown.flow === null ? <Skeleton label={t('loading')} rows={10} /> : <FlowCharts flow={shown.flow} choice={choice} moments={noMoments} />}
      </Stale>
    </section>
  );
}
