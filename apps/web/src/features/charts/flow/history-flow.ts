// An answer of history as charts draw it. Pure.
import type { HistoryAnswer, HistoryLine, HistoryPoint } from '../../../history/series.ts';
import { eachMetric, numberOf, unseenIn, type Flow, type FlowLine, type Metric, type Value } from './flow.ts';

export interface HistoryShown extends Pick<Flow, 'key' | 'slides' | 'window'> {
  /** Of the one line that is the whole. */
  readonly name: string;
}

/** Over the window that was asked for: the answer's steps may reach beyond it. One that is not over yet is not drawn. */
export function historyFlow({ stepMs, byteKind, lines }: HistoryAnswer, { name, key, slides, window }: HistoryShown): Flow {
  return { key, slides, window, live: false, peaks: true, stepMs, byteKind, lines: lines.map((line) => lineOf(slides ? upTo(line, window.toMs) : line, name)) };
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

function upTo(line: HistoryLine, toMs: number): HistoryLine {
  return { ...line, points: line.points.filter(({ t }) => t <= toMs) };
}

function valueOf(point: HistoryPoint, metric: Metric): Value {
  return metric === 'active' || metric === 'activeMost' ? point[metric] : point.perSecond[metric];
}
