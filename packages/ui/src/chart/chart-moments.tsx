// Where something happened: a hairline through the plot at each moment. What it was, is said beside the charts.
'use client';
import { usePlotArea } from 'recharts';
import type { TimeWindow } from './axis/time-ticks.ts';

export function ChartMoments({ moments, window }: { moments: readonly number[]; window: TimeWindow }) {
  const area = usePlotArea();
  if (!area) return null;
  const x = (t: number) => area.x + (area.width * (t - window.fromMs)) / (window.toMs - window.fromMs);
  const path = moments.filter((t) => t >= window.fromMs && t <= window.toMs).map((t) => `M${x(t).toFixed(1)} ${area.y}V${area.y + area.height}`).join('');
  return path === '' ? null : <path d={path} className="stroke-line-strong" strokeDasharray="1 3" fill="none" data-chart-moments="" />;
}
