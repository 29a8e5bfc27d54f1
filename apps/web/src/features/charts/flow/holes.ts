// Where the live stream brought nothing for a while, and what history has of it. Pure.
import type { Point, TimeWindow } from '@weir/ui';
import { eachMetric, type Flow, type FlowLine } from './flow.ts';
import type { HistoryAsk } from './use-history-flow.ts';
import { restId, restOf } from './top-lines.ts';

/** A tick that comes late is no hole. */
const shortestMs = 5_000;
/** As a chart tells a gap from a step. */
const longestSteps = 2.5;

/** Between what was measured, and before it; what comes after it is not over yet. */
export function holesIn({ lines, window, stepMs }: Pick<Flow, 'lines' | 'window' | 'stepMs'>): TimeWindow[] {
  const times = [...new Set(lines.flatMap(({ points }) => points.active.map(({ t }) => t)))].sort((a, b) => a - b);
  return times.flatMap((toMs, index) => {
    const fromMs = times[index - 1] ?? window.fromMs;
    return toMs - fromMs > Math.max(shortestMs, longestSteps * stepMs) ? [{ fromMs, toMs }] : [];
  });
}

/** With what history knows inside of the holes; what is coarser than the flow can show is left out. */
export function filled(flow: Flow, holes: readonly TimeWindow[], past: Flow, by: HistoryAsk['by']): Flow {
  if (past.stepMs > longestSteps * flow.stepMs) return flow;
  const isMissing = ({ t }: Point): boolean => holes.some(({ fromMs, toMs }) => t > fromMs && t < toMs);
  const joined = (own: readonly Point[], more: readonly Point[]): Point[] => [...own, ...more.filter(isMissing)].sort((a, b) => a.t - b.t);
  const lines = flow.lines.map((line): FlowLine => {
    const found = by === 'whole' ? past.lines[0] ?? null : lineIn(past, line, flow);
    return found === null ? line : { ...line, points: eachMetric((metric) => joined(line.points[metric], found.points[metric])), weights: joined(line.weights, found.weights) };
  });
  return { ...flow, lines };
}

function lineIn({ lines: past }: Flow, { id, name }: FlowLine, { lines: shown }: Flow): FlowLine | null {
  const as = (['sum', 'mean'] as const).find((each) => restId(each) === id);
  if (as !== undefined) return restOf(past.filter((line) => !shown.some((each) => each.id === line.id)), { as, name: () => name });
  return past.find((line) => line.id === id) ?? null;
}
