'use client';
// All services of a cluster in sum.
import { Skeleton, Stale } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { FlowCharts } from '../charts/draw/flow-charts.tsx';
import { remembered, wholeCluster } from '../charts/flow/live-flow.ts';
import { useLiveFlow, useLiveWindow } from '../charts/flow/use-live-flow.ts';
import { RangeText } from '../charts/range/range-bar.tsx';
import type { RangeChoice } from '../charts/range/use-range.ts';
import type { FollowedTopic } from '../live/live-provider.tsx';
import { useSilence } from './silent.tsx';

const noMoments: readonly number[] = [];

export function ClusterTraffic({ clusterId, topic: { now }, choice }: { clusterId: string; topic: FollowedTopic; choice: RangeChoice }) {
  const t = useTranslations('charts');
  const silence = useSilence();
  const lines = useMemo(() => [remembered(wholeCluster(clusterId))], [clusterId]);
  const flow = useLiveFlow(useLiveWindow(now, choice.range), choice.range, lines);
  const counted = [...new Set((now.latest?.services ?? []).flatMap(({ directors }) => directors))];
  return (
    <section aria-label={t('allServices')} className="flex flex-col gap-3">
      <RangeText choice={choice} />
      <Stale since={silence(now.latest, counted)}>
        {flow === null ? <Skeleton label={t('loading')} rows={10} /> : <FlowCharts flow={flow} choice={choice} moments={noMoments} />}
      </Stale>
    </section>
  );
}
