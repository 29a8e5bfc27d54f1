// The time at the shared cursor, written over the time axis, and reported for the legend.
'use client';
import { useEffect, useEffectEvent } from 'react';
import { DefaultZIndexes, ZIndexLayer, useActiveTooltipCoordinate, useActiveTooltipLabel, usePlotArea } from 'recharts';

export interface ChartCursorProps {
  onCursor: (t: number | null) => void;
  timeText: (t: number) => string;
}

// Eight mono characters of 11 px and some air.
const widthPx = 64;
const heightPx = 16;

/** Draws in every chart of the group, whichever one is pointed at. */
export function ChartCursor({ onCursor, timeText }: ChartCursorProps) {
  const label = useActiveTooltipLabel();
  const at = useActiveTooltipCoordinate();
  const area = usePlotArea();
  const t = typeof label === 'number' ? label : null;
  const report = useEffectEvent(onCursor);
  useEffect(() => report(t), [t]);
  if (t === null || !at || !area) return null;
  const middle = Math.min(area.x + area.width - widthPx / 4, Math.max(area.x, at.x));
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
      >
        {timeText(t)}
      </text>
    </ZIndexLayer>
  );
}
