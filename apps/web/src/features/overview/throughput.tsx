'use client';
// What all clusters take in and send out, in the last five minutes.
import { TimeChart, type Point, type TimeSeries } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useLiveState, useLiveStore, useTopic } from '../live/live-provider.tsx';
import { useBehindMs } from '../live/use-behind.ts';
import { useNow } from '../time/now.ts';
import { useChartTexts } from '../traffic/chart-texts.ts';
import type { LiveTick } from '../../live/topic.ts';
import { allSilent, sumOfTick, type Sum } from './sum.ts';

const rangeMs = 5 * 60_000;
const heightPx = 92;

export function Throughput() {
  const t = useTranslations('overview');
  const locale = useLocale();
  const texts = useChartTexts();
  const store = useLiveStore();
  const { pausedSinceMs } = useLiveState();
  const { now: view } = useTopic('overview');
  const nowMs = useNow() ?? 0;
  const toMs = view.latest?.atMs ?? nowMs;
  const window = useMemo(() => ({ fromMs: toMs - rangeMs, toMs }), [toMs]);
  const series = useMemo((): TimeSeries[] => [
    { id: 'in', label: t('in'), points: pointsOf(view.ticks, toMs - rangeMs, 'bytesInPerSecond') },
    { id: 'out', label: t('out'), points: pointsOf(view.ticks, toMs - rangeMs, 'bytesOutPerSecond'), dashed: true },
  ], [t, view, toMs]);
  return (
    // Clipped: its table for those who do not see it is longer than it is high.
    <TimeChart
      className="shrink-0 overflow-clip" name={t('throughput')} quantity="bytesPerSecond" series={series} window={window} locale={locale} texts={texts}
      height={heightPx} paused={pausedSinceMs !== null} behindMs={useBehindMs()} onPause={(on) => store.pause('pointer', on)}
      empty={<p className="text-muted">{t('nothingMeasured')}</p>}
    />
  );
}

/** One for each tick, of which there is one a second; none where all are silent and nobody measured. */
function pointsOf(ticks: readonly LiveTick[], fromMs: number, name: keyof Sum): Point[] {
  return ticks.flatMap((tick) => (tick.atMs < fromMs || allSilent(tick) ? [] : [{ t: tick.atMs, value: sumOfTick(tick)[name] }]));
}
