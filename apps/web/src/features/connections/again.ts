// How often what is shown is asked for again by itself.
import type { ConnectionsView } from '../../server/connections/filter.ts';

/** A director reads its table for a quarter of a second in ten. */
const AGAIN_MS = 30_000;

export function againMs({ again }: ConnectionsView): number | false {
  return again === undefined ? false : AGAIN_MS;
}
