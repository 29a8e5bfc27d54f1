// Live values over a sliding window. Pointing at it, or giving it the keyboard's focus, stands it still.
'use client';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { clockText, durationText } from '../format/duration.ts';
import { axisText, quantityText, unitFor, type Quantity } from '../format/quantity.ts';
import { Panel } from '../surfaces/panel.tsx';
import { ChartLegend } from './chart-legend.tsx';
import { ChartPlot } from './chart-plot.tsx';
import { ChartSummary, type SummaryTexts } from './chart-summary.tsx';
import { chartRows, extentIn, sampleAt, type Point } from './rows.ts';
import { seriesTones, toneColour, type SeriesTone } from './series-tone.ts';
import { behindText, timeTicks, type TimeWindow } from './time-ticks.ts';
import { useHeld, usePointedAt } from './use-held.ts';
import { nextYScale, yTicks, type YScale } from './y-scale.ts';

export interface TimeSeries {
  id: string;
  label: string;
  /** Oldest first; null where nothing was measured. At most 300, of at most 5 series. */
  points: readonly Point[];
  /** What flows out; what flows in is solid. */
  dashed?: boolean | undefined;
  tone?: SeriesTone | undefined;
}

export interface TimeChartTexts extends SummaryTexts {
  /** The right end of the time axis. */
  now: string;
  /** "paused · 14 s behind". */
  paused: (behind: string) => string;
}

export interface TimeChartProps {
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
}

// Marks need about 80 px each in the narrowest layout.
const mostTicks = 6;

export function TimeChart(props: TimeChartProps) {
  const { quantity, locale, texts, stepMs = 1_000, height = 200 } = props;
  const { pointed, handlers } = usePointedAt(props.onPause);
  const still = pointed || (props.paused ?? false);
  const { series, window } = useHeld({ series: props.series, window: props.window }, still);
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  const longestStepMs = 2.5 * stepMs;
  const extents = useMemo(() => series.map(({ points }) => extentIn(points, window)), [series, window]);
  const known = extents.flatMap((extent) => extent ?? []);
  const top = useYTop(known.length > 0 ? Math.max(...known.map((extent) => extent.highest)) : null, window.toMs);
  // In the axis' unit, the smaller of two lines would read as 0.
  const text = (value: number | null) => quantityText(value, quantity, locale);
  const lines = useLines(series);
  const rows = useMemo(() => chartRows(series, window, longestStepMs), [series, window, longestStepMs]);
  const xText = useCallback(
    (t: number) => (t === window.toMs ? texts.now : behindText(window.toMs - t)),
    [window.toMs, texts.now],
  );
  const behind = still ? texts.paused(durationText(props.behindMs ?? Math.max(0, props.window.toMs - window.toMs))) : null;
  return (
    <Panel
      title={props.name}
      sub={props.sub}
      className={props.className}
      actions={
        <ChartLegend
          entries={lines.map((line, index) => ({
            ...line,
            value: text(legendValue(series[index]?.points ?? [], window, cursorMs, longestStepMs)),
          }))}
        />
      }
    >
      <figure className="relative" aria-label={props.name} {...handlers}>
        <ChartPlot
          name={props.name}
          series={lines}
          rows={rows}
          window={window}
          xTicks={useMemo(() => timeTicks(window, mostTicks), [window])}
          xText={xText}
          yTop={top}
          yMarks={useMemo(() => yTicks(top, quantity === 'count'), [top, quantity])}
          yText={useCallback((value: number) => axisText(value, unitFor(quantity, top), locale), [quantity, top, locale])}
          height={height}
          syncId={props.syncId}
          timeText={useCallback((t: number) => clockText(t, locale), [locale])}
          onCursor={setCursorMs}
        />
        {behind !== null && (
          <p className="pointer-events-none absolute top-0 right-4 bg-panel px-1 text-sm text-muted">{behind}</p>
        )}
        {known.length === 0 && props.empty && (
          <div className="absolute inset-0 flex items-center justify-center">{props.empty}</div>
        )}
        <ChartSummary
          caption={props.name}
          texts={texts}
          lines={lines.map(({ id, label }, index) => ({
            id,
            label,
            last: text(extents[index]?.last ?? null),
            lowest: text(extents[index]?.lowest ?? null),
            highest: text(extents[index]?.highest ?? null),
          }))}
        />
      </figure>
    </Panel>
  );
}

function useYTop(largest: number | null, nowMs: number): number {
  const [scale, setScale] = useState<YScale>(() => nextYScale(null, largest, nowMs));
  const next = nextYScale(scale, largest, nowMs);
  if (next !== scale) setScale(next);
  return next.top;
}

function useLines(series: readonly TimeSeries[]) {
  return useMemo(() => {
    const tones = seriesTones(series);
    const solid = series.filter((each) => !each.dashed).length;
    return series.map(({ id, label, dashed = false }, index) => ({
      id,
      label,
      dashed,
      colour: toneColour(tones[index] ?? 'other'),
      // Several areas over each other would mix their colours.
      filled: !dashed && solid === 1,
    }));
  }, [series]);
}

function legendValue(points: readonly Point[], window: TimeWindow, cursorMs: number | null, longestStepMs: number): number | null {
  if (cursorMs !== null) return sampleAt(points, cursorMs, longestStepMs);
  return points.findLast((point) => point.t <= window.toMs)?.value ?? null;
}
