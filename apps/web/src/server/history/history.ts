// The history of what all directors carried: followed, kept within its budget, and read.
import type { Pool } from 'pg';
import type { HistoryAnswer, HistoryInput } from '../../history/series.ts';
import type { HistoryStorage } from '../../history/storage.ts';
import type { Actor } from '../audit.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { Database } from '../db/database.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../logger.ts';
import { Follower } from './follow/follower.ts';
import { readBudget, setBudget } from './keep/budget.ts';
import { Keeper } from './keep/keeper.ts';
import { readStorage } from './keep/storage.ts';
import { Series } from './series/series.ts';
import { Journal } from './store/journal.ts';

export interface HistoryParts {
  readonly db: Database;
  readonly pool: Pool;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly logger: Logger;
  readonly now?: () => number;
  /** How often a journal is asked for. */
  readonly everyMs?: number;
}

export class History {
  readonly #parts: HistoryParts & { readonly now: () => number };
  readonly #series: Series;
  readonly #follower: Follower;
  readonly #keeper: Keeper;

  constructor({ now = Date.now, everyMs, ...parts }: HistoryParts) {
    const { db, pool, gateway, clusters, logger } = parts;
    this.#parts = { ...parts, now };
    const journal = new Journal(pool, now);
    this.#series = new Series({ pool, gateway, clusters, now });
    this.#follower = new Follower({ gateway, clientOf: (directorId) => gateway.client(directorId), journal, logger, now, ...(everyMs !== undefined && { everyMs }) });
    this.#keeper = new Keeper({ pool, journal, budgetBytes: () => readBudget(db), logger, now });
  }

  series(input: HistoryInput): Promise<HistoryAnswer> {
    return this.#series.of(input);
  }

  async storage(): Promise<HistoryStorage> {
    const { db, pool, now } = this.#parts;
    return readStorage(pool, await readBudget(db), now());
  }

  /** What is over it goes within minutes. */
  setBudget(actor: Actor, budgetBytes: number): Promise<void> {
    return setBudget(this.#parts.db, actor, budgetBytes);
  }

  async close(): Promise<void> {
    await Promise.all([this.#follower.close(), this.#keeper.close()]);
  }
}
