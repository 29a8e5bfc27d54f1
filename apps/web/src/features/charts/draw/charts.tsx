'use client';
// The charts of one subject below what happened to it.
import { Skeleton } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ShownFlow } from '../flow/use-flow.ts';
import { MarksStrip } from '../marks/marks-strip.tsx';
import type { Marks } from '../marks/use-marks.ts';
import type { RangeChoice } from '../range/use-range.ts';
import { FlowCharts } from './flow-charts.tsx';

export function Charts({ shown: { flow, history }, marks, choice }: { shown: ShownFlow; marks: Marks; choice: RangeChoice }) {
  const t = useTranslations('charts');
  // Then the failure is said instead.
  if (flow === null) return history.error === null && <Skeleton label={t('loading')} rows={10} />;
  return (
    <div className="flex flex-col gap-3">
      <MarksStrip marks={marks} flow={flow} />
      <FlowCharts flow={flow} choice={choice} moments={marks.moments} />
    </div>
  );
}
