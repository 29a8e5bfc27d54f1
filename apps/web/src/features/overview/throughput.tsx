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
import type { Total, TotalName } from '../../live/totals.ts';
import { allSilent, useNotIn } from './not-in-total.ts';

const rangeMs = 5 * 60_000;
const heightPx = 92;

export function Throughput() {
  const t = useTranslations('overview');
  const unseen = useTranslations('unseen')('unseen');
  const locale = useLocale();
  const texts = useChartTexts();
  const store = useLiveStore();
  const notIn = useNotIn();
  const { pausedSinceMs } = useLiveState();
  const { now: view } = useTopic('overview');
  const nowMs = useNow() ?? 0;
  const toMs = view.latest?.atMs ?? nowMs;
  const totals = view.latest?.totals;
  const window = useMemo(() => ({ fromMs: toMs - rangeMs, toMs }), [toMs]);
  const noneSeen = totals !== undefined && totals.bytesOutPerSecond.sum === null && totals.bytesOutPerSecond.unseen > 0;
  const series = useMemo((): TimeSeries[] => [
    { id: 'in', label: t('in'), points: pointsOf(view.ticks, toMs - rangeMs, 'bytesInPerSecond') },
    { id: 'out', label: t('out'), points: pointsOf(view.ticks, toMs - rangeMs, 'bytesOutPerSecond'), dashed: true, unseen: noneSeen ? unseen : undefined },
  ], [t, unseen, noneSeen, view, toMs]);
  return (
    // Clipped: its table for those who do not see it is longer than it is high.
    <TimeChart
      className="shrink-0 overflow-clip" name={t('throughput')} sub={noneSeen ? undefined : notIn('bytesOutPerSecond', totals)[0]} quantity="bytesPerSecond" series={series} window={window}
      locale={locale} texts={texts} height={heightPx} paused={pausedSinceMs !== null} behindMs={useBehindMs()} onPause={(on) => store.pause('pointer', on)}
      empty={<p className="text-muted">{t(totals?.twoByteKinds === true ? 'twoByteKinds' : 'nothingMeasured')}</p>}
    />
  );
}

/** One for each tick, of which there is one a second; none where all are silent and nobody measured. */
function pointsOf(ticks: readonly LiveTick[], fromMs: number, name: TotalName): Point[] {
  return ticks.flatMap((tick) => (tick.atMs < fromMs || allSilent(tick) || tick.totals === undefined ? [] : [{ t: tick.atMs, value: drawn(tick.totals[name]) }]));
}

/** Where a service is not known for a moment the line would fall and rise again though its traffic did not: a gap. */
function drawn({ sum, unknown }: Total): number | null {
  return unknown > 0 ? null : sum;
}
