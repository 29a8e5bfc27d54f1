// The drawing of a TimeChart: axes, grid, lines and the shared cursor.
'use client';
import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import type { TimeWindow } from './axis/time-ticks.ts';
import { ChartCursor } from './chart-cursor.tsx';
import { ChartMoments } from './chart-moments.tsx';
import { aloneIn } from './lines/alone.ts';
import type { DrawnSeries } from './lines/drawn-series.ts';
import type { ChartRow } from './lines/rows.ts';
import type { BandRow } from './lines/stack.ts';
import { plotBottomPx, plotLeftPx, plotRightPx, plotTopPx } from './zoom/plot-area.ts';

export interface ChartPlotProps {
  name: string;
  series: readonly DrawnSeries[];
  /** Of bands where the lines stand on top of each other. */
  rows: (ChartRow | BandRow)[];
  window: TimeWindow;
  xTicks: number[];
  xText: (t: number) => string;
  /** The time at the cursor. */
  timeText: (t: number) => string;
  yTop: number;
  yMarks: number[];
  yText: (value: number) => string;
  height: number;
  syncId: string | undefined;
  onCursor: (t: number | null) => void;
  moments: readonly number[];
  /** Nobody sees it: then it is drawn when it comes into sight. */
  hidden: boolean;
}

const tick = { fontSize: 11, fontFamily: 'var(--font-mono)', fill: 'var(--muted)' };
const margin = { top: plotTopPx, right: plotRightPx, bottom: 0, left: 0 };
const cursor = { stroke: 'var(--line-strong)', strokeWidth: 1 };
const nothing = () => null;

export const ChartPlot = memo(Plot, (was, is) => is.hidden || isSame(was, is));

function isSame(was: ChartPlotProps, is: ChartPlotProps): boolean {
  const before = new Map(Object.entries(was));
  return Object.entries(is).every(([name, value]) => before.get(name) === value);
}

function Plot(props: ChartPlotProps) {
  const { window, yTop } = props;
  return (
    <ComposedChart
      data={props.rows}
      margin={margin}
      responsive
      style={{ width: '100%', height: props.height }}
      aria-label={props.name}
      throttleDelay="raf"
      {...(props.syncId !== undefined && { syncId: props.syncId, syncMethod: 'value' as const })}
    >
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        type="number"
        dataKey="t"
        domain={[window.fromMs, window.toMs]}
        allowDataOverflow
        ticks={props.xTicks}
        tickFormatter={props.xText}
        interval="preserveEnd"
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: 'var(--line)' }}
        height={plotBottomPx}
      />
      <YAxis
        type="number"
        domain={[0, yTop]}
        allowDataOverflow
        ticks={props.yMarks}
        tickFormatter={props.yText}
        interval={0}
        tick={tick}
        tickLine={false}
        axisLine={false}
        width={plotLeftPx}
      />
      <Tooltip content={nothing} cursor={props.rows.length > 0 && cursor} isAnimationActive={false} />
      <ChartMoments moments={props.moments} window={window} />
      {props.series.map((series, index) => series.stacked && band(series, index))}
      {props.series.map((series, index) => drawn(series, index, aloneIn(props.rows, index)))}
      <ChartCursor onCursor={props.onCursor} window={window} timeText={props.timeText} />
    </ComposedChart>
  );
}

/** Below all lines: its own edges would lie over those of its neighbours. */
function band({ id, colour }: DrawnSeries, index: number) {
  return <Area key={`${id} band`} dataKey={`values.${index}`} stroke="none" fill={colour} fillOpacity={0.3} type="linear" activeDot={false} isAnimationActive={false} connectNulls={false} />;
}

function drawn({ id, label, colour, dashed, filled, stacked }: DrawnSeries, index: number, alone: readonly number[]) {
  const shared = {
    // Of a band its upper edge.
    dataKey: stacked ? `values.${index}.1` : `values.${index}`,
    name: label,
    stroke: colour,
    strokeWidth: 1.5,
    type: 'linear',
    dot: alone.length > 0 && dotsAt(alone, colour),
    activeDot: { r: 2.5, fill: colour, strokeWidth: 0 },
    isAnimationActive: false,
    connectNulls: false,
    ...(dashed && { strokeDasharray: '4 3' }),
  } as const;
  return filled && !stacked ? <Area key={id} {...shared} fill={colour} fillOpacity={0.14} /> : <Line key={id} {...shared} />;
}

/** Recharts asks for a dot at each point. */
function dotsAt(alone: readonly number[], colour: string) {
  const rows = new Set(alone);
  return ({ cx, cy, index }: { cx?: number | undefined; cy?: number | undefined; index: number }) => (
    rows.has(index) && cx !== undefined && cy !== undefined ? <circle key={index} cx={cx} cy={cy} r={2} fill={colour} data-alone="" /> : <g key={index} />);
}
