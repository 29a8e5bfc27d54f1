// What a whole change does to live connections: the sum over the directors that counted them, and who did not. Pure.
import type { Touched } from '@weir/model';
import type { ChangePlan } from '../../../server/changes/change-view.ts';

export interface TouchedTotal {
  readonly live: number;
  readonly fates: Touched['fates'];
}

export interface Totals {
  /** Null where no director counted any. */
  readonly touched: TouchedTotal | null;
  /** Names of those that gave no plan, or no count. */
  readonly uncounted: readonly string[];
}

export function totalsOf({ directors }: Pick<ChangePlan, 'directors'>): Totals {
  const counted = directors.flatMap(({ plan }) => plan?.touched ?? []);
  const sum = (of: (touched: Touched) => number): number => counted.reduce((total, touched) => total + of(touched), 0);
  return {
    touched: counted.length === 0 ? null : {
      live: sum(({ directorConnections }) => directorConnections),
      fates: {
        stay: sum(({ fates }) => fates.stay), drain: sum(({ fates }) => fates.drain), stall: sum(({ fates }) => fates.stall), reset: sum(({ fates }) => fates.reset),
      },
    },
    uncounted: directors.filter(({ plan }) => (plan?.touched ?? null) === null).map(({ name }) => name),
  };
}
