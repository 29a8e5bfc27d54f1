// Values over a window of time, which slides or stands. Pointing at it, or giving it the keyboard's focus, stands it still.
'use client';
import { memo, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { durationText } from '../format/duration.ts';
import { axisText, quantityText, unitFor, type Quantity } from '../format/quantity.ts';
import { Panel } from '../surfaces/panel.tsx';
import { useTimeAxis } from './axis/time-axis.ts';
import type { TimeWindow } from './axis/time-ticks.ts';
import { useYTop, yTicks } from './axis/y-scale.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartPlot } from './chart-plot.tsx';
import { ChartSummary, type SummaryTexts } from './chart-summary.tsx';
import { drawnSeries } from './lines/drawn-series.ts';
import { chartRows, extentIn, sampleAt, type ChartRow, type Extent, type Point } from './lines/rows.ts';
import type { SeriesTone } from './lines/series-tone.ts';
import { highestSum, stacked, type BandRow } from './lines/stack.ts';
import { useDrawn, useOnScreen } from './still/use-drawn.ts';
import { usePointedAt } from './still/use-pointed-at.ts';
import { Selection } from './zoom/selection.tsx';
import { useZoom, type ZoomAsk } from './zoom/use-zoom.ts';

export interface TimeSeries {
  id: string;
  label: string;
  /** Oldest first; null where nothing was measured. At most 300, of at most 5 series and their rest. */
  points: readonly Point[];
  /** What flows out; what flows in is solid. */
  dashed?: boolean | undefined;
  tone?: SeriesTone | undefined;
  /** Said in place of a value where nobody can see one. */
  unseen?: string | undefined;
}

export interface TimeChartTexts extends SummaryTexts {
  /** The right end of the time axis. */
  now: string;
  /** "paused · 14 s behind". */
  paused: (behind: string) => string;
}

export interface TimeChartProps extends ZoomAsk {
  name: string;
  sub?: ReactNode;
  series: readonly TimeSeries[];
  window: TimeWindow;
  quantity: Quantity;
  locale: string;
  texts: TimeChartTexts;
  /** The time between two samples; a silence of more than two and a half is a gap. */
  stepMs?: number | undefined;
  height?: number | undefined;
  /** Charts with the same one share their cursor. */
  syncId?: string | undefined;
  /** Stands still because another chart of the group is pointed at. */
  paused?: boolean | undefined;
  onPause?: ((paused: boolean) => void) | undefined;
  /** How long it stands still, where something else on the page says it too. */
  behindMs?: number | null | undefined;
  /** Shown over the plot while nothing in the window is known: why, and what to do. */
  empty?: ReactNode;
  className?: string | undefined;
  /** What of the past is shown. Another one is drawn at once, whoever points at the old one, and on a scale of its own. */
  rangeKey?: string | undefined;
  /** The axis shows the time of day, not how far back; for a window that stands, or slides seldom. */
  clock?: boolean | undefined;
  /** Off for a window that never moves: then nothing is paused either. */
  slides?: boolean | undefined;
  /** The lines stand on top of each other. */
  stack?: boolean | undefined;
  /** Moments at which something happened. */
  moments?: readonly number[] | undefined;
}

const noMoments: readonly number[] = [];

export const TimeChart = memo(function TimeChart(props: TimeChartProps) {
  const { quantity, locale, texts, height = 200, slides = true } = props;
  const { pointed, handlers } = usePointedAt(props.onPause, slides);
  const figure = useRef<HTMLElement>(null);
  const onScreen = useOnScreen(figure);
  const still = slides && (pointed || (props.paused ?? false));
  const { series, window, key, longestStepMs, clock, stack, moments } = useDrawn(useComing(props), { key: props.rangeKey ?? '', held: still });
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  const { selection, handlers: zoom } = useZoom(window, cursorMs, props);
  const { extents, rows, highest } = useRows(series, window, longestStepMs, stack);
  const top = useYTop(highest, window.toMs, key);
  const axis = useTimeAxis(window, clock, locale, texts.now);
  const lines = useMemo(() => drawnSeries(series, stack), [series, stack]);
  const behind = still ? texts.paused(durationText(props.behindMs ?? Math.max(0, props.window.toMs - window.toMs), locale)) : null;
  // In the axis' unit, the smaller of two lines would read as 0.
  const textOf = (index: number, value: number | null | undefined) => series[index]?.unseen ?? quantityText(value ?? null, quantity, locale);
  const noneSeen = props.empty !== undefined && series.every(({ unseen }) => unseen !== undefined);
  return (
    <Panel
      title={props.name}
      sub={props.sub}
      className={props.className}
      actions={<ChartLegend entries={lines.map((line, index) => ({ ...line, value: noneSeen ? null : textOf(index, legendValue(series[index]?.points ?? [], window, cursorMs, longestStepMs)) }))} />}
    >
      <figure
        ref={figure} className="relative touch-pan-y select-none [&_:focus:not(:focus-visible)]:outline-none" aria-label={props.name}
        {...handlers} {...zoom}
      >
        <ChartPlot
          name={props.name}
          series={lines}
          rows={rows}
          window={window}
          xTicks={axis.ticks}
          xText={axis.tickText}
          yTop={top}
          yMarks={useMemo(() => yTicks(top, quantity === 'count'), [top, quantity])}
          yText={useCallback((value: number) => axisText(value, unitFor(quantity, top), locale), [quantity, top, locale])}
          height={height}
          syncId={props.syncId}
          timeText={axis.momentText}
          onCursor={setCursorMs}
          moments={moments}
          hidden={!onScreen}
        />
        {selection !== null && <Selection selection={selection} window={window} />}
        {behind !== null && (
          <p className="pointer-events-none absolute top-0 right-4 bg-panel px-1 text-sm text-muted">{behind}</p>
        )}
        {highest === null && props.empty && (
          <div className="pointer-events-none absolute inset-0 flex items-center justify-center pl-18 text-center">{props.empty}</div>
        )}
        <ChartSummary
          caption={props.name}
          texts={texts}
          lines={lines.map((line, index) => ({
            ...line, last: textOf(index, extents[index]?.last), lowest: textOf(index, extents[index]?.lowest), highest: textOf(index, extents[index]?.highest),
          }))}
        />
      </figure>
    </Panel>
  );
});

function useComing({ series, window, stepMs = 1_000, rangeKey: key = '', clock = false, stack = false, moments = noMoments }: TimeChartProps) {
  return useMemo(
    () => ({ series, window, key, longestStepMs: 2.5 * stepMs, clock, stack, moments }),
    [series, window, stepMs, key, clock, stack, moments],
  );
}

interface DrawnRows {
  extents: (Extent | null)[];
  rows: (ChartRow | BandRow)[];
  /** Null while nothing in the window is known. */
  highest: number | null;
}

function useRows(series: readonly TimeSeries[], window: TimeWindow, longestStepMs: number, stack: boolean): DrawnRows {
  return useMemo(() => {
    const extents = series.map(({ points }) => extentIn(points, window));
    const plain = chartRows(series, window, longestStepMs);
    if (stack) {
      const rows = stacked(plain);
      return { extents, rows, highest: highestSum(rows) };
    }
    const known = extents.flatMap((extent) => extent ?? []);
    return { extents, rows: plain, highest: known.length > 0 ? Math.max(...known.map((extent) => extent.highest)) : null };
  }, [series, window, longestStepMs, stack]);
}

function legendValue(points: readonly Point[], window: TimeWindow, cursorMs: number | null, longestStepMs: number): number | null {
  if (cursorMs !== null) return sampleAt(points, cursorMs, longestStepMs);
  return points.findLast((point) => point.t <= window.toMs)?.value ?? null;
}
