// How a drain stands, in one word and one number. Pure.
import type { DirectorDrain, DrainCounted, DrainView } from '../../server/drains/drain-view.ts';

export type DrainWord = 'draining' | 'late' | 'removing' | 'done' | 'undone' | 'lacks' | 'unheard';

export function wordOf({ state, late }: Pick<DirectorDrain, 'state' | 'late'>): DrainWord {
  if (state === null) return 'unheard';
  if (state === 'lacks') return 'lacks';
  return late ? 'late' : state.phase;
}

/** Connections, and clients that are remembered; null where not all of it is known. */
export function leftIn(counts: readonly DrainCounted[]): number | null {
  return counts.reduce<number | null>((sum, counted) => {
    if (sum === null || counted === null) return null;
    if (counted === 'gone') return sum;
    const { active, inactive, persistent } = counted;
    return persistent === null ? null : sum + active + inactive + persistent;
  }, 0);
}

/** On all directors. */
export function leftOf({ directors }: Pick<DrainView, 'directors'>): number | null {
  return leftIn(directors.flatMap(({ counts }) => counts));
}

/** The latest of the directors' estimates; null while one of them has none. */
export function estimateOf({ directors }: Pick<DrainView, 'directors'>): number | null {
  const open = directors.filter((director) => ['draining', 'late', 'removing'].includes(wordOf(director)));
  return open.reduce<number | null>((latest, { state }, index) => {
    const own = state === null || state === 'lacks' ? null : state.estimate?.doneAtMs ?? null;
    return own === null || (index > 0 && latest === null) ? null : Math.max(latest ?? 0, own);
  }, null);
}

/** Of one real server of one service. */
export function drainOf(drains: readonly DrainView[], ids: { readonly serviceId: string; readonly realServerId: string }): DrainView | null {
  return drains.find(({ targets }) => targets.some(({ serviceId, realServerId }) => serviceId === ids.serviceId && realServerId === ids.realServerId)) ?? null;
}
