// What history will take on this installation, from what it wrote lately, and how far back each tier then reaches within the budget. Pure.
import type { Kind, Tier } from '../tiers.ts';
import { storedBytes } from './usage.ts';
import type { Shelf, Written } from './usage.ts';

const dayMs = 86_400_000;

/** What says something about a day. */
export const enoughMs = 10 * 60_000;

export interface Lately {
  readonly nowMs: number;
  /** Rows that begin since then, of directors together. */
  readonly written: readonly Written[];
}

export interface ExpectedShelf extends Shelf {
  readonly bytesPerDay: number;
  /** When it is as old as it gets, if the budget allows. */
  readonly steadyBytes: number;
  /** How far back it reaches then within the budget. */
  readonly reachMs: number;
}

/** `shelves` in the order in which they give way. */
export function expectationOf(shelves: readonly Shelf[], lately: Lately, budgetBytes: number): ExpectedShelf[] {
  const steady = shelves.map((shelf) => {
    const bytesPerDay = perDay(shelf.kind, shelf.tier, lately);
    return { ...shelf, bytesPerDay, steadyBytes: Math.round((bytesPerDay * shelf.tier.keepMs) / dayMs) };
  });
  let excess = Math.max(steady.reduce((sum, { steadyBytes }) => sum + steadyBytes, 0) - budgetBytes, 0);
  return steady.map((shelf): ExpectedShelf => {
    const cut = Math.min(excess, shelf.steadyBytes);
    excess -= cut;
    return { ...shelf, reachMs: shelf.steadyBytes === 0 ? shelf.tier.keepMs : Math.round(shelf.tier.keepMs * (1 - cut / shelf.steadyBytes)) };
  });
}

/** As many rows as the finest tier makes of it that was not cut short by the budget, each as heavy as the last ones, or where there are none yet as those of the nearest finer tier. */
function perDay(kind: Kind, tier: Tier, { nowMs, written }: Lately): number {
  const own = written.filter((one) => one.kind === kind && one.rows > 0).sort((a, b) => a.lengthMs - b.lengthMs);
  const counted = own.find(({ sinceMs }) => nowMs - sinceMs >= enoughMs) ?? own[0];
  const nearest = own.findLast(({ lengthMs }) => lengthMs <= tier.lengthMs) ?? own[0];
  if (counted === undefined || nearest === undefined) return 0;
  const rows = (counted.rows / (nowMs - counted.sinceMs)) * dayMs * (counted.lengthMs / tier.lengthMs);
  return storedBytes({ rows, bytes: rows * (nearest.bytes / nearest.rows) });
}
