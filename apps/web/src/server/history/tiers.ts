// How finely history is kept and for how long, and which fineness a range is read in. Pure.
import { intervalMs } from '@weir/model';

export type Kind = 'services' | 'realServers';
export const kinds: readonly Kind[] = ['services', 'realServers'];

export interface Tier {
  readonly lengthMs: number;
  readonly keepMs: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** As agents say it, of either kind. */
export const finestTier: Tier = { lengthMs: intervalMs, keepMs: dayMs };

/**
 * Finest first; each is made of the one before. Three hours, and the ten minutes of real servers, add a twentieth at most:
 * with them a year, or a week of real servers, is some thousand rows to read.
 */
export const tiersOf: Readonly<Record<Kind, readonly Tier[]>> = {
  services: [finestTier, { lengthMs: minuteMs, keepMs: 14 * dayMs }, { lengthMs: 10 * minuteMs, keepMs: 366 * dayMs }, { lengthMs: 180 * minuteMs, keepMs: 366 * dayMs }],
  realServers: [finestTier, { lengthMs: minuteMs, keepMs: 7 * dayMs }, { lengthMs: 10 * minuteMs, keepMs: 7 * dayMs }],
};

export const coarsestMs = 180 * minuteMs;

export function floorTo(atMs: number, lengthMs: number): number {
  return Math.floor(atMs / lengthMs) * lengthMs;
}

/** In steps of a multiple of the tier's length, so that none of its rows is in two of them. */
export interface Chosen {
  readonly tier: Tier;
  readonly stepMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Wanted {
  readonly fromMs: number;
  readonly toMs: number;
  readonly steps: number;
}

export interface Stock {
  /** Where the oldest row of a tier begins; null: it has none. */
  readonly sinceMs: (tier: Tier) => number | null;
  /** That may be read of one director. */
  readonly rowsMax: (tier: Tier) => number;
}

/** The finest that steps tell from a coarser one, where it reaches back far enough and is not too much to read; else the nearest coarser one that does. */
export function chooseTier(kind: Kind, wanted: Wanted, { sinceMs, rowsMax }: Stock): Chosen {
  const tiers = tiersOf[kind];
  const { fromMs, toMs, steps } = wanted;
  const enough = Math.max(tiers.findLastIndex(({ lengthMs }) => lengthMs <= (toMs - fromMs) / steps), 0);
  const possible = tiers.slice(enough).filter((tier) => (toMs - fromMs) / tier.lengthMs <= rowsMax(tier));
  // A row that holds what another tier begins with begins earlier only because it is longer.
  const oldestMs = (own: Tier): number => Math.min(...tiers.map((tier) => (sinceMs(tier) ?? Infinity) + Math.max(tier.lengthMs - own.lengthMs, 0)));
  const reaching = possible.find((tier) => (sinceMs(tier) ?? Infinity) <= Math.max(fromMs + tier.lengthMs, oldestMs(tier)));
  const tier = reaching ?? possible.at(0) ?? tiers.at(-1) ?? finestTier;
  return { tier, ...stepsOf(tier.lengthMs, wanted) };
}

/** Steps begin at multiples of their length, so there may be one more of them than fits: then they are longer. */
export function stepsOf(lengthMs: number, { fromMs, toMs, steps }: Wanted): Omit<Chosen, 'tier'> {
  let stepMs = Math.max(Math.ceil((toMs - fromMs) / steps / lengthMs), 1) * lengthMs;
  const countOf = (): number => Math.ceil(toMs / stepMs) - Math.floor(fromMs / stepMs);
  while (countOf() > Math.max(steps, 2)) stepMs += lengthMs;
  const first = floorTo(fromMs, stepMs);
  return { stepMs, fromMs: first, toMs: Math.max(Math.ceil(toMs / stepMs) * stepMs, first + stepMs) };
}
