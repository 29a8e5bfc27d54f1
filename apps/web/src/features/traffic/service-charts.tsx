'use client';
// A service's charts: connections, new connections and bytes, as a whole or by real server.
import { TimeChart, type Quantity, type TimeSeries } from '@weir/ui';
import { useMemo, type ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Figures, LiveService, LiveTick } from '../../live/topic.ts';
import { useLiveState, useLiveStore } from '../live/live-provider.tsx';
import { useBehindMs } from '../live/use-behind.ts';
import { chartTime, measured, pointsOf, type ChartTime, type Measured } from '../live/series.ts';
import type { TopicView } from '../live/topic-buffer.ts';
import { useNow } from '../time/now.ts';
import { useChartTexts } from './chart-texts.ts';
import { rowId } from './real-server-table.tsx';

/** More lines cannot be told apart. */
const linesMax = 5;

type FiguresOf = (service: LiveService) => Figures | undefined;

export interface ServiceChartsProps {
  view: TopicView;
  service: LiveService;
  rangeMs: number;
  by: 'service' | 'realServer';
}

export function ServiceCharts({ view, service, rangeMs, by }: ServiceChartsProps) {
  const t = useTranslations('traffic');
  const now = useNow();
  const time = useMemo(() => chartTime(view, rangeMs, now ?? 0), [view, rangeMs, now]);
  const lines = useMemo(() => linesOf(service, by, t('whole')), [service, by, t]);
  const series = (name: string, pick: (figures: Figures) => Value, dashed = false): TimeSeries[] => lines.map(({ id, label, figuresOf }) => ({
    id: `${id} ${name}`, label: name === '' ? label : lines.length === 1 ? name : `${label} ${name}`, dashed,
    points: points(view, time, service.serviceId, figuresOf, pick),
  }));
  const chart = (name: string, quantity: Quantity, all: TimeSeries[]) => <LiveChart name={name} quantity={quantity} series={all} time={time} />;
  const bytes = service.figures.byteKind;
  const kind = bytes === null ? '' : ` · ${t(`byteKinds.${bytes}`)}`;
  return (
    <div className={`grid gap-3 md:grid-cols-2 ${by === 'service' ? 'xl:grid-cols-3' : '2xl:grid-cols-4'}`}>
      {chart(t('active'), 'count', series('', ({ active }) => active))}
      {chart(t('newConnections'), 'countPerSecond', series('', ({ perSecond }) => perSecond.connections))}
      {by === 'service'
        ? chart(`${t('bytes')}${kind}`, 'bytesPerSecond', [
          ...series(t('in'), ({ perSecond }) => perSecond.bytesIn), ...series(t('out'), ({ perSecond }) => perSecond.bytesOut, true),
        ])
        : (
          <>
            {chart(`${t('bytesIn')}${kind}`, 'bytesPerSecond', series('', ({ perSecond }) => perSecond.bytesIn))}
            {chart(`${t('bytesOut')}${kind}`, 'bytesPerSecond', series('', ({ perSecond }) => perSecond.bytesOut))}
          </>
        )}
    </div>
  );
}

type Value = number | string | null;

interface Line { readonly id: string; readonly label: string; readonly figuresOf: FiguresOf }

function linesOf(service: LiveService, by: ServiceChartsProps['by'], whole: string): Line[] {
  if (by === 'service') return [{ id: service.serviceId, label: whole, figuresOf: ({ figures }) => figures }];
  return service.realServers.slice(0, linesMax).map((shown) => ({
    id: rowId(shown), label: shown.name,
    figuresOf: ({ realServers }) => realServers.find((each) => rowId(each) === rowId(shown))?.figures,
  }));
}

function points(view: TopicView, time: ChartTime, serviceId: string, figuresOf: FiguresOf, pick: (figures: Figures) => Value) {
  const valueAt = (tick: LiveTick): Measured => {
    const service = tick.services.find((each) => each.serviceId === serviceId);
    const figures = service === undefined ? undefined : figuresOf(service);
    return service === undefined || figures === undefined ? undefined : measured(tick, service.directors, pick(figures));
  };
  return pointsOf(view, time, valueAt);
}

interface LiveChartProps { name: string; quantity: Quantity; series: readonly TimeSeries[]; time: ChartTime }

/** Pointing at one stands all still. */
function LiveChart({ name, quantity, series, time }: LiveChartProps): ReactNode {
  const t = useTranslations('traffic');
  const texts = useChartTexts();
  const locale = useLocale();
  const store = useLiveStore();
  const { pausedSinceMs } = useLiveState();
  const behindMs = useBehindMs();
  return (
    <TimeChart
      name={name} quantity={quantity} series={series} window={time.window} stepMs={time.stepMs} locale={locale} texts={texts}
      syncId="traffic" height={160} paused={pausedSinceMs !== null} behindMs={behindMs} onPause={(on) => store.pause('pointer', on)}
      empty={<p className="text-muted">{t('nothingMeasured')}</p>}
    />
  );
}
