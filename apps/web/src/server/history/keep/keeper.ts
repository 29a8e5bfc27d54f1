// Keeps history within its ages and its budget: what is too old goes, then the oldest of what is finest until the rest fits.
import type { Pool } from 'pg';
import type { Logger } from '../../logger.ts';
import type { Journal } from '../store/journal.ts';
import { coarsestMs } from '../tiers.ts';
import { removeBefore } from './remove.ts';
import { readUsage, shelves } from './usage.ts';

export interface KeeperParts {
  readonly pool: Pool;
  readonly journal: Pick<Journal, 'close' | 'forgetUnnamed'>;
  readonly budgetBytes: () => Promise<number>;
  readonly logger: Logger;
  readonly now: () => number;
  readonly everyMs?: number;
}

const usualEveryMs = 60_000;
/** A director that said nothing for so long: what it said last is made coarser before the finest of it goes. */
const silentMs = 12 * 60 * 60_000;
/** Each time a twentieth of a tier goes, so that no more goes than must. */
const partsOfTier = 20;

export class Keeper {
  readonly #parts: KeeperParts;
  readonly #ending = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  /** Whose objects were looked through last. */
  #lookedThrough = 0;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#run(), parts.everyMs ?? usualEveryMs);
  }

  /** Once, now. What fails keeps nothing else from being done. */
  async keep(): Promise<void> {
    for (const step of [() => this.#closeSilent(), () => this.#removeOld(), () => this.#fit(), () => this.#forgetUnnamed()]) {
      await step().catch((error: unknown) => this.#parts.logger.error({ err: error }, 'history could not be kept within its bounds'));
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#ending.abort();
    await this.#running;
  }

  #run(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#running = this.keep().finally(() => { this.#busy = false; });
  }

  async #closeSilent(): Promise<void> {
    const { pool, journal, logger, now } = this.#parts;
    const { rows } = await pool.query<{ number: number }>(
      `SELECT number FROM "HistoryDirector" WHERE "reachesTo" < to_timestamp($1::float8 / 1000.0) AND EXTRACT(EPOCH FROM "reachesTo")::bigint % $2 <> 0`,
      [now() - silentMs, coarsestMs / 1_000]);
    for (const { number } of rows) {
      if (this.#ending.signal.aborted) return;
      await journal.close(number).catch((error: unknown) => logger.error({ err: error, director: number }, 'the last history of a silent director cannot be made coarser yet'));
    }
  }

  async #removeOld(): Promise<void> {
    const { pool, now } = this.#parts;
    for (const shelf of shelves) await removeBefore(pool, shelf, now() - shelf.tier.keepMs - shelf.tier.lengthMs, this.#ending.signal);
  }

  async #fit(): Promise<void> {
    const { pool, now } = this.#parts;
    const budgetBytes = await this.#parts.budgetBytes();
    for (const shelf of shelves) {
      let sinceMs: number | null = null;
      for (let part = 1; part <= partsOfTier; part += 1) {
        const usage = await readUsage(pool);
        if (this.#ending.signal.aborted || usage.reduce((sum, { storedBytes }) => sum + storedBytes, 0) <= budgetBytes) return;
        sinceMs ??= usage.find(({ kind, tier }) => kind === shelf.kind && tier === shelf.tier)?.sinceMs ?? now();
        await removeBefore(pool, shelf, sinceMs + ((now() - sinceMs) * part) / partsOfTier, this.#ending.signal);
      }
    }
  }

  /** Of one director at a time, again where there may be more: how many there are bounds no pass. */
  async #forgetUnnamed(): Promise<void> {
    const { pool, journal } = this.#parts;
    const { rows: [next] } = await pool.query<{ number: number }>('SELECT number FROM "HistoryDirector" WHERE number > $1 ORDER BY number LIMIT 1', [this.#lookedThrough]);
    const before = this.#lookedThrough;
    this.#lookedThrough = next?.number ?? 0;
    if (next !== undefined && await journal.forgetUnnamed(next.number) > 0) this.#lookedThrough = before;
  }
}
