// Keeps history within its ages and its budget: what is too old goes, then the oldest of what is finest until the rest fits.
import type { Pool } from 'pg';
import type { Logger } from '../../logger.ts';
import type { Journal } from '../store/journal.ts';
import { coarsestMs, tiersOf } from '../tiers.ts';
import { removeBefore } from './remove.ts';
import { readUsage, shelves } from './usage.ts';
import type { Shelf, Usage } from './usage.ts';

export interface KeeperParts {
  readonly pool: Pool;
  readonly journal: Pick<Journal, 'close'>;
  readonly budgetBytes: () => Promise<number>;
  readonly logger: Logger;
  readonly now: () => number;
  readonly everyMs?: number;
}

const usualEveryMs = 60_000;
/** A director that said nothing for so long: what it said last is made coarser before the finest of it goes. */
const silentMs = 12 * 60 * 60_000;
/** Each time a twentieth of a tier goes, so that no more goes than must. */
const part = 20;

export class Keeper {
  readonly #parts: KeeperParts;
  readonly #ending = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#run(), parts.everyMs ?? usualEveryMs);
  }

  /** Once, now. */
  async keep(): Promise<void> {
    await this.#closeSilent();
    await this.#removeOld();
    await this.#fit();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#ending.abort();
    await this.#running;
  }

  #run(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#running = this.keep()
      .catch((error: unknown) => this.#parts.logger.error({ err: error }, 'history could not be kept within its bounds'))
      .finally(() => { this.#busy = false; });
  }

  async #closeSilent(): Promise<void> {
    const { pool, journal, now } = this.#parts;
    const { rows } = await pool.query<{ number: number }>(
      `SELECT number FROM "HistoryDirector" WHERE "reachesTo" < to_timestamp($1::float8 / 1000.0) AND EXTRACT(EPOCH FROM "reachesTo")::bigint % $2 <> 0`,
      [now() - silentMs, coarsestMs / 1_000]);
    for (const { number } of rows) if (!this.#ending.signal.aborted) await journal.close(number);
  }

  async #removeOld(): Promise<void> {
    const { pool, now } = this.#parts;
    for (const shelf of shelves) await removeBefore(pool, shelf, now() - shelf.tier.keepMs - shelf.tier.lengthMs, this.#ending.signal);
  }

  async #fit(): Promise<void> {
    const budgetBytes = await this.#parts.budgetBytes();
    while (!this.#ending.signal.aborted) {
      const usage = await readUsage(this.#parts.pool);
      if (usage.reduce((sum, { storedBytes }) => sum + storedBytes, 0) <= budgetBytes) return;
      const next = usage.find((one) => this.#cutOf(one) !== null);
      const cutMs = next === undefined ? null : this.#cutOf(next);
      if (next === undefined || cutMs === null) return;
      await removeBefore(this.#parts.pool, next, cutMs, this.#ending.signal);
    }
  }

  /** Null: nothing may go from there. */
  #cutOf({ kind, tier, sinceMs }: Usage): number | null {
    const lastMs = this.#parts.now() - neededMs({ kind, tier });
    if (sinceMs === null || sinceMs >= lastMs) return null;
    return Math.min(sinceMs + Math.max((lastMs - sinceMs) / part, tier.lengthMs), lastMs);
  }
}

/** What the next coarser tier is still to be made of. */
function neededMs({ kind, tier }: Shelf): number {
  const coarser = tiersOf[kind].find(({ lengthMs }) => lengthMs > tier.lengthMs);
  return coarser === undefined ? 0 : 2 * coarser.lengthMs;
}
