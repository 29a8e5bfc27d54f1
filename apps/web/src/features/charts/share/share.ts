// The share of new connections that each real server should have by its weight, and the one it has. Pure.

export interface ShareRow {
  readonly id: string;
  readonly name: string;
  readonly weight: number | null;
  /** New connections per second; null: not known. */
  readonly perSecond: number | null;
}

export interface Share {
  readonly id: string;
  readonly name: string;
  /** The newest that is known. */
  readonly weight: number | null;
  /** Of 1; null: not known. */
  readonly should: number | null;
  readonly has: number | null;
}

interface Sum extends ShareRow {
  should: number;
  has: number;
  weight: number | null;
}

/** What each took in all, where that is known: the sum of its rates is more where it was measured for a part of the time. */
export type Taken = ReadonlyMap<string, number>;

/** Steps are equally long. Weights that change count for the connections that came under them. */
export function sharesOf(steps: readonly (readonly ShareRow[])[], taken: Taken | null = null): Share[] {
  const sums = new Map<string, Sum>();
  let all = 0;
  let weighed = 0;
  for (const rows of steps) {
    const came = rows.reduce((sum, { perSecond }) => sum + (perSecond ?? 0), 0);
    const weights = rows.every(({ weight }) => weight !== null) ? rows.reduce((sum, { weight }) => sum + (weight ?? 0), 0) : 0;
    for (const row of rows) {
      const sum = sums.get(row.id) ?? { ...row, should: 0, has: 0 };
      sum.weight = row.weight ?? sum.weight;
      sum.has += row.perSecond ?? 0;
      if (weights > 0) sum.should += (came * (row.weight ?? 0)) / weights;
      sums.set(row.id, sum);
    }
    all += came;
    if (weights > 0) weighed += came;
  }
  const newest = byWeightAlone(steps.at(-1) ?? []);
  const allTaken = taken === null ? all : [...taken.values()].reduce((sum, count) => sum + count, 0);
  return [...sums.values()].map(({ id, name, weight, should, has }) => ({
    id, name, weight, should: weighed > 0 ? should / weighed : newest.get(id) ?? null, has: allTaken > 0 ? (taken?.get(id) ?? (taken === null ? has : 0)) / allTaken : null,
  }));
}

/** While nobody came there is no share to have, but one that it should have. */
function byWeightAlone(rows: readonly ShareRow[]): Map<string, number> {
  const weights = rows.every(({ weight }) => weight !== null) ? rows.reduce((sum, { weight }) => sum + (weight ?? 0), 0) : 0;
  return new Map(weights === 0 ? [] : rows.map(({ id, weight }) => [id, (weight ?? 0) / weights]));
}
