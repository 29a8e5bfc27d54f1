// Lines put on top of each other: each row's values become the bands that they fill.
import type { ChartRow } from './rows.ts';

/** From and up to; null where the line is not known: the ones above it stand lower then. */
export type Band = [number, number] | null;

export interface BandRow {
  t: number;
  values: Band[];
}

export function stacked(rows: readonly ChartRow[]): BandRow[] {
  return rows.map(({ t, values }) => {
    let from = 0;
    const bands = values.map((value): Band => {
      if (value === null) return null;
      from += value;
      return [from - value, from];
    });
    return { t, values: bands };
  });
}

/** The highest of the sums; null where nothing is known. */
export function highestSum(rows: readonly BandRow[]): number | null {
  const tops = rows.flatMap(({ values }) => values.flatMap((band) => (band === null ? [] : band[1])));
  return tops.length === 0 ? null : Math.max(...tops);
}
