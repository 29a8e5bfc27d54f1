// Reads the blocks of one director over a range: as coarse as was chosen where that is whole, and finer where it is not yet.
import { unpackReadable } from '../pack/pack.ts';
import type { Block } from '../pack/pack.ts';
import { readBetween } from '../store/blocks.ts';
import { floorTo, tiersOf } from '../tiers.ts';
import type { Kind, Tier } from '../tiers.ts';
import type { Reader } from '../store/reader.ts';

/** The largest known director packs half a megabyte into a row. */
const rowsAtOnce = 64;

export interface Wanted {
  readonly directorNumber: number;
  readonly kind: Kind;
  readonly tier: Tier;
  readonly reachesToMs: number | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly objects: ReadonlySet<number>;
}

interface Stretch {
  readonly lengthMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Coarsest first, which is also the order of time. */
export function stretchesOf({ kind, tier, reachesToMs, fromMs, toMs }: Omit<Wanted, 'objects' | 'directorNumber'>): Stretch[] {
  const tiers = tiersOf[kind].filter(({ lengthMs }) => lengthMs <= tier.lengthMs).toReversed();
  let from = fromMs;
  return tiers.flatMap(({ lengthMs }, index): Stretch[] => {
    const isFinest = index === tiers.length - 1;
    const end = isFinest ? toMs : Math.min(toMs, floorTo(reachesToMs ?? 0, lengthMs));
    if (end <= from) return [];
    const stretch = { lengthMs, fromMs: from, toMs: end };
    from = end;
    return [stretch];
  });
}

/** What nobody can read any more is a gap. */
export async function* readBlocks(reader: Reader, wanted: Wanted): AsyncGenerator<{ readonly startMs: number; readonly block: Block }, void, void> {
  for (const { lengthMs, fromMs, toMs } of stretchesOf(wanted)) {
    const shelf = { directorNumber: wanted.directorNumber, kind: wanted.kind, lengthMs };
    for (let from = fromMs; from < toMs;) {
      const rows = await readBetween(reader, shelf, from, toMs, rowsAtOnce);
      for (const { startMs, packed } of rows) {
        await reader.next();
        const block = unpackReadable(packed, wanted.objects);
        if (block !== null) yield { startMs, block };
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < rowsAtOnce) break;
      from = last.startMs + lengthMs;
    }
  }
}
