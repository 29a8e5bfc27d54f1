// Of many real servers the ones that carry most, and the rest in one line: more cannot be told apart. Pure.
import type { Point } from '@weir/ui';
import { eachMetric, type FlowLine } from './flow.ts';

export const linesMax = 5;

export interface Ranked<T> {
  /** In the order in which they came. */
  readonly top: readonly T[];
  readonly rest: readonly T[];
}

/** A rest of one is shown as itself. */
export function ranked<T>(all: readonly T[], weightOf: (each: T) => number): Ranked<T> {
  if (all.length <= linesMax + 1) return { top: all, rest: [] };
  const top = new Set(all.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, linesMax));
  return { top: all.filter((each) => top.has(each)), rest: all.filter((each) => !top.has(each)) };
}

/** What the rest is drawn as: on top of the others their sum; beside single ones their mean, since a sum of many would leave no height for one. */
export type RestAs = 'sum' | 'mean';

export function restId(as: RestAs): string {
  return `the rest in ${as}`;
}

export interface RestLine {
  readonly as: RestAs;
  readonly name: (count: number) => string;
}

/** Unseen where one of them is; at a time at which none is known, a gap. */
export function restOf(lines: readonly FlowLine[], { as, name }: RestLine): FlowLine {
  return {
    id: restId(as), name: name(lines.length),
    points: eachMetric((metric) => joinedPoints(lines.map(({ points }) => points[metric]), as)),
    unseen: eachMetric((metric) => lines.find(({ unseen }) => unseen[metric] !== null)?.unseen[metric] ?? null),
    weights: [],
  };
}

function joinedPoints(all: readonly (readonly Point[])[], as: RestAs): Point[] {
  const at = new Map<number, number[]>();
  for (const points of all) {
    for (const { t, value } of points) {
      const values = at.get(t) ?? [];
      if (value !== null) values.push(value);
      at.set(t, values);
    }
  }
  return [...at].map(([t, values]) => ({ t, value: joined(values, as) })).sort((a, b) => a.t - b.t);
}

/** Of none it is unknown. */
function joined(values: readonly number[], as: RestAs): number | null {
  if (values.length === 0) return null;
  const sum = values.reduce((all, value) => all + value, 0);
  return as === 'sum' ? sum : sum / values.length;
}

function carried({ points }: FlowLine): number {
  return points.connections.reduce((sum, { value }) => sum + (value ?? 0), 0);
}

/** The most, by new connections, and the rest as one, unless that was done already. */
export function withRest(lines: readonly FlowLine[], how: RestLine): readonly FlowLine[] {
  if (lines.some(({ id }) => id === restId('sum') || id === restId('mean'))) return lines;
  const { top, rest } = ranked(lines, carried);
  return rest.length === 0 ? top : [...top, restOf(rest, how)];
}
