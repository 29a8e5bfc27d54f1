'use client';
// All services of a cluster in sum.
import { Stale } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Charts } from '../../charts/draw/charts.tsx';
import { remembered, wholeCluster } from '../../charts/flow/live-flow.ts';
import { useFlow } from '../../charts/flow/use-flow.ts';
import type { HistoryAsk } from '../../charts/flow/use-history-flow.ts';
import { useLiveWindow } from '../../charts/flow/use-live-flow.ts';
import { useMarks } from '../../charts/marks/use-marks.ts';
import { ShownRange } from '../../charts/range/shown-range.tsx';
import type { RangeChoice } from '../../charts/range/use-range.ts';
import type { FollowedTopic } from '../../live/live-provider.tsx';
import { useSilence } from '../silent.tsx';

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
  const marks = useMarks(ask.subject, choice.range);
  const counted = [...new Set((now.latest?.services ?? []).flatMap(({ directors: each }) => each))];
  return (
    <section aria-label={name} className="flex flex-col gap-3">
      <ShownRange choice={choice} shown={shown} directors={directors} />
      <Stale since={silence(now.latest, counted)}>
        <Charts shown={shown} marks={marks} choice={choice} />
      </Stale>
    </section>
  );
}
