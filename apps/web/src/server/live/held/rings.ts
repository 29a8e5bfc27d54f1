// The rings of all directors, with one bound on what they hold together: a hundred of them, each within its own, would be more than a
// process has. The longest gives way, never what rates are made of.
import { Ring } from './ring.ts';
import type { HeldSample } from './ring.ts';

/** At 80 bytes a row. */
const rowsMax = 4_000_000;
/** A rate over the slowest counters (2 s) needs four. */
const samplesMin = 5;

export class Rings {
  readonly #rowsMax: number;
  readonly #rings = new Map<string, Ring>();

  constructor(most = rowsMax) {
    this.#rowsMax = most;
  }

  get(directorId: string): Ring | null {
    return this.#rings.get(directorId) ?? null;
  }

  add(directorId: string, sample: HeldSample): void {
    const ring = this.#rings.get(directorId) ?? new Ring();
    this.#rings.set(directorId, ring);
    ring.add(sample);
    while (this.#rows() > this.#rowsMax) {
      const longest = [...this.#rings.values()].filter(({ length }) => length > samplesMin).sort((a, b) => b.rows - a.rows)[0];
      if (longest === undefined) return;
      longest.dropOldest();
    }
  }

  /** Forgets what directors said that are not there any more. */
  keep(directorIds: ReadonlySet<string>): void {
    for (const id of this.#rings.keys()) if (!directorIds.has(id)) this.#rings.delete(id);
  }

  /** Null while nobody has said anything. */
  oldestAtMs(): number | null {
    const times = [...this.#rings.values()].map((ring) => ring.oldestAtMs()).filter((atMs) => atMs !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  #rows(): number {
    return [...this.#rings.values()].reduce((sum, { rows }) => sum + rows, 0);
  }
}
