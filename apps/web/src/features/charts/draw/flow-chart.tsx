'use client';
// One chart: one metric of each line, or what goes in and out of one.
import { TimeChart, type Quantity, type TimeSeries } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useLiveState, useLiveStore } from '../../live/live-provider.tsx';
import { useBehindMs } from '../../live/use-behind.ts';
import { useChartTexts } from '../../traffic/chart-texts.ts';
import type { Flow, Metric } from '../flow/flow.ts';
import type { RangeChoice } from '../range/use-range.ts';

const quantities: Record<Metric, Quantity> = {
  active: 'count', activeMost: 'count', connections: 'countPerSecond', packetsIn: 'countPerSecond', packetsOut: 'countPerSecond', bytesIn: 'bytesPerSecond', bytesOut: 'bytesPerSecond',
};
const syncId = 'charts';
const heightPx = 160;

/** What all charts of a page share. */
export interface ChartsShared {
  readonly choice: RangeChoice;
  readonly moments: readonly number[];
}

export interface FlowChartProps extends ChartsShared {
  name: string;
  flow: Flow;
  /** The second one flows out, or is the most beside the mean. */
  metrics: readonly [Metric, Metric?];
  stack?: boolean;
}

/** Pointing at one stands all still. */
export function FlowChart({ name, flow, metrics, stack = false, choice, moments }: FlowChartProps) {
  const texts = useChartTexts();
  const locale = useLocale();
  const store = useLiveStore();
  const { pausedSinceMs } = useLiveState();
  const behindMs = useBehindMs();
  const [first, second] = metrics;
  // What a longer step holds is a mean.
  const quantity = first === 'active' && flow.stepMs > 1_000 ? 'meanCount' : quantities[first];
  const series = useSeries(flow, first, second);
  return (
    <TimeChart
      name={name} quantity={quantity} series={series} window={flow.window} stepMs={flow.stepMs} locale={locale} texts={texts}
      syncId={syncId} height={heightPx} paused={pausedSinceMs !== null} behindMs={behindMs} onPause={(on) => store.pause('pointer', on)}
      rangeKey={flow.key} clock={!flow.live} slides={flow.slides} stack={stack} moments={moments} onZoom={choice.zoom} onDoubleClick={choice.live}
      empty={<Nothing flow={flow} metrics={metrics} />}
    />
  );
}

function useSeries(flow: Flow, first: Metric, second: Metric | undefined): TimeSeries[] {
  const t = useTranslations('traffic');
  const charts = useTranslations('charts');
  const unseen = useTranslations('unseen')('unseen');
  return useMemo(() => {
    const of = (metric: Metric, label: string | null, dashed: boolean): TimeSeries[] => flow.lines.map((line) => ({
      id: `${line.id} ${metric}`, label: label ?? line.name, dashed, points: line.points[metric],
      unseen: line.unseen[metric] === null ? undefined : unseen,
    }));
    if (second === 'activeMost') return [...of(first, charts('mean'), false), ...of(second, charts('most'), true)];
    return second === undefined ? of(first, null, false) : [...of(first, t('in'), false), ...of(second, t('out'), true)];
  }, [flow, first, second, t, charts, unseen]);
}

/** In place of lines: why there are none. */
function Nothing({ flow, metrics }: { flow: Flow; metrics: readonly (Metric | undefined)[] }) {
  const t = useTranslations('traffic');
  const why = useTranslations('unseen.why');
  const asked = metrics.filter((metric) => metric !== undefined);
  const reasons = flow.lines.flatMap(({ unseen }) => asked.flatMap((metric) => unseen[metric] ?? []));
  const [reason] = reasons;
  return <p className="max-w-80 bg-panel px-2 text-muted">{reason === undefined ? t('nothingMeasured') : why(reason)}</p>;
}
