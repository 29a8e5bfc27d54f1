// An answer of history as charts draw it. Pure.
import type { HistoryAnswer, HistoryLine, HistoryPoint } from '../../../history/series.ts';
import { eachMetric, numberOf, unseenIn, type Flow, type FlowLine, type Metric, type Value } from './flow.ts';

export interface HistoryShown extends Pick<Flow, 'key' | 'slides' | 'window'> {
  /** Of the one line that is the whole. */
  readonly name: string;
}

/** Over the window that was asked for: the answer's steps may reach beyond it. */
export function historyFlow({ stepMs, byteKind, lines }: HistoryAnswer, { name, key, slides, window }: HistoryShown): Flow {
  const shown = slides ? endingAt(lines, stepMs, window.toMs) : lines;
  return { key, slides, window, live: false, peaks: true, stepMs, byteKind, lines: shown.map((line) => lineOf(line, name)) };
}

function lineOf({ realServerId, name, points }: HistoryLine, whole: string): FlowLine {
  return {
    id: realServerId ?? whole,
    name: realServerId === null ? whole : name,
    points: eachMetric((metric) => points.map((point) => ({ t: point.t, value: numberOf(valueOf(point, metric)) }))),
    unseen: eachMetric((metric) => unseenIn(points.map((point) => valueOf(point, metric)))),
    weights: points.map(({ t, weight }) => ({ t, value: weight })),
  };
}

/** The step that is not over yet ends here, if anything of it was measured: of a year it may be more than a day, and on the first day it is all there is. */
function endingAt(lines: readonly HistoryLine[], stepMs: number, toMs: number): HistoryLine[] {
  const isUnfinished = ({ t }: HistoryPoint): boolean => t > toMs && t - stepMs < toMs;
  const isBegun = lines.some(({ points }) => points.some((point) => isUnfinished(point) && isMeasured(point)));
  return lines.map((line) => ({
    ...line, points: line.points.flatMap((point) => (point.t <= toMs ? [point] : isBegun && isUnfinished(point) ? [{ ...point, t: toMs }] : [])),
  }));
}

function isMeasured({ active, perSecond }: HistoryPoint): boolean {
  return active !== null || Object.values(perSecond).some((rate) => rate !== null);
}

function valueOf(point: HistoryPoint, metric: Metric): Value {
  return metric === 'active' || metric === 'activeMost' ? point[metric] : point.perSecond[metric];
}
