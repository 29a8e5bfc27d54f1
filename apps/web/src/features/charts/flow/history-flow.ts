// An answer of history as charts draw it. Pure.
import type { HistoryAnswer, HistoryLine, HistoryPoint } from '../../../history/series.ts';
import { eachMetric, numberOf, unseenIn, type Flow, type FlowLine, type Metric, type Value } from './flow.ts';

export function historyFlow(answer: HistoryAnswer, of: { readonly key: string; readonly slides: boolean }): Flow {
  const { fromMs, toMs, stepMs, byteKind, lines } = answer;
  return { ...of, live: false, window: { fromMs, toMs }, stepMs, byteKind, lines: lines.map(lineOf) };
}

function lineOf({ realServerId, name, points }: HistoryLine): FlowLine {
  return {
    id: realServerId ?? name,
    name: name === '' ? null : name,
    points: eachMetric((metric) => points.map((point) => ({ t: point.t, value: numberOf(valueOf(point, metric)) }))),
    unseen: eachMetric((metric) => unseenIn(points.map((point) => valueOf(point, metric)))),
    weights: points.map(({ t, weight }) => ({ t, value: weight })),
  };
}

function valueOf(point: HistoryPoint, metric: Metric): Value {
  return metric === 'active' ? point.active : point.perSecond[metric];
}
