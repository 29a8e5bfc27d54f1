// The time at the shared cursor, written over the time axis, and reported for the legend.
'use client';
import { useEffect, useEffectEvent } from 'react';
import { DefaultZIndexes, ZIndexLayer, useActiveTooltipCoordinate, useActiveTooltipLabel, usePlotArea } from 'recharts';
import type { TimeWindow } from './axis/time-ticks.ts';
import { plotRightPx } from './zoom/plot-area.ts';

export interface ChartCursorProps {
  onCursor: (t: number | null) => void;
  timeText: (t: number) => string;
  window: TimeWindow;
}

// A mono character of 11 px, and some air around the text.
const characterPx = 6.7;
const airPx = 10;
const heightPx = 16;

/** Draws in every chart of the group, whichever one is pointed at. */
export function ChartCursor({ onCursor, timeText, window }: ChartCursorProps) {
  const label = useActiveTooltipLabel();
  const at = useActiveTooltipCoordinate();
  const area = usePlotArea();
  // What was pointed at before the window changed may lie outside of it.
  const t = typeof label === 'number' && label >= window.fromMs && label <= window.toMs ? label : null;
  const report = useEffectEvent(onCursor);
  useEffect(() => report(t), [t]);
  if (t === null || !at || !area) return null;
  const text = timeText(t);
  const widthPx = text.length * characterPx + airPx;
  const middle = Math.min(area.x + area.width + plotRightPx - widthPx / 2, Math.max(area.x, at.x));
  const top = area.y + area.height + 3;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.label + 1}>
      <rect x={middle - widthPx / 2} y={top} width={widthPx} height={heightPx} fill="var(--panel)" />
      <text
        x={middle}
        y={top + 11}
        textAnchor="middle"
        fontSize={11}
        fontFamily="var(--font-mono)"
        fill="var(--text)"
        data-chart-cursor=""
      >
        {text}
      </text>
    </ZIndexLayer>
  );
}
