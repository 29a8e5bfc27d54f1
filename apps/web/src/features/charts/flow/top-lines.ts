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
  if (all.length <= linesMax) return { top: all, rest: [] };
  const top = new Set(all.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, linesMax));
  return { top: all.filter((each) => top.has(each)), rest: all.filter((each) => !top.has(each)) };
}

export const otherId = 'other';

/** Unseen where one of them is; at a time at which none is known, a gap. */
export function summed(lines: readonly FlowLine[], name: string): FlowLine {
  return {
    id: otherId, name,
    points: eachMetric((metric) => sumPoints(lines.map(({ points }) => points[metric]))),
    unseen: eachMetric((metric) => lines.find(({ unseen }) => unseen[metric] !== null)?.unseen[metric] ?? null),
    weights: [],
  };
}

function sumPoints(all: readonly (readonly Point[])[]): Point[] {
  const at = new Map<number, number | null>();
  for (const points of all) {
    for (const { t, value } of points) at.set(t, value === null ? at.get(t) ?? null : (at.get(t) ?? 0) + value);
  }
  return [...at].map(([t, value]) => ({ t, value })).sort((a, b) => a.t - b.t);
}

function carried({ points }: FlowLine): number {
  return points.connections.reduce((sum, { value }) => sum + (value ?? 0), 0);
}

/** The most, by new connections, and the rest as one, unless that was done already. */
export function withRest(lines: readonly FlowLine[], name: string): readonly FlowLine[] {
  if (lines.some(({ id }) => id === otherId)) return lines;
  const { top, rest } = ranked(lines, carried);
  return rest.length === 0 ? top : [...top, summed(rest, name)];
}
