// The drains of this director: on the disk first, all in one file, then in memory.
import { DRAINS_MAX, isOpen } from '@weir/model';
import type { DrainEstimate, DrainState } from '@weir/model';
import type { DataFolder, HeldDrain } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';

export class Drains {
  readonly #file: DataFolder['drains'];
  #held: readonly HeldDrain[];
  /** As old as their readings: not for the disk. */
  readonly #estimates = new Map<string, DrainEstimate | null>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(file: DataFolder['drains'], held: readonly HeldDrain[]) {
    this.#file = file;
    this.#held = held;
  }

  static async load(file: DataFolder['drains']): Promise<Drains> {
    return new Drains(file, (await file.read())?.drains ?? []);
  }

  get all(): readonly HeldDrain[] {
    return this.#held;
  }

  get shown(): DrainState[] {
    return this.#held.map((held) => ({ ...held, estimate: this.#estimates.get(held.drain.id) ?? null }));
  }

  find(drainId: string): HeldDrain | null {
    return this.#held.find(({ drain }) => drain.id === drainId) ?? null;
  }

  /** One that was asked for before it was over comes too late. */
  estimate(drainId: string, estimate: DrainEstimate | null): void {
    const held = this.find(drainId);
    if (held !== null && isOpen(held)) this.#estimates.set(drainId, estimate);
  }

  /** Those that were undone make room; one that is held already stays as it is. */
  add(held: HeldDrain): Promise<void> {
    return this.#turn((all) => {
      if (all.some(({ drain }) => drain.id === held.drain.id)) return all;
      if (all.length < DRAINS_MAX) return [...all, held];
      const oldest = all.find(({ phase }) => phase === 'undone');
      if (oldest === undefined) throw new RequestFault('badRequest', { field: 'drain', reason: 'tooManyDrains' });
      return [...all.filter((other) => other !== oldest), held];
    });
  }

  /** In place of what is known of the same drain; one that is gone stays so. */
  change(drainId: string, to: Omit<HeldDrain, 'drain'>): Promise<void> {
    this.#estimates.delete(drainId);
    return this.#turn((all) => all.map((held) => (held.drain.id === drainId ? { ...to, drain: held.drain } : held)));
  }

  drop(drainId: string): Promise<void> {
    this.#estimates.delete(drainId);
    return this.#turn((all) => all.filter(({ drain }) => drain.id !== drainId));
  }

  /** One after the other: each begins with what the one before left. */
  #turn(next: (all: readonly HeldDrain[]) => readonly HeldDrain[]): Promise<void> {
    const turn = this.#writeAfter(this.#last, next);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #writeAfter(before: Promise<unknown>, next: (all: readonly HeldDrain[]) => readonly HeldDrain[]): Promise<void> {
    await before;
    const drains = next(this.#held);
    await this.#file.write({ format: 1, drains: [...drains] });
    this.#held = drains;
  }
}
