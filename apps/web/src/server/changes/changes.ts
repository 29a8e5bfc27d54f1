// Changes: planning, a person's order to apply, and what became of it.
import type { Author } from '../clusters/save.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { Database } from '../db/database.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../logger.ts';
import type { ApplySummary, ApplyView, ChangePlan } from './change-view.ts';
import { Ledger } from './ledger.ts';
import { storeOrder } from './order.ts';
import type { ApplyOrder, StoredOrder } from './order.ts';
import { planRevision } from './planning.ts';
import { applySummaries, applyView } from './read.ts';
import { runOrder } from './run.ts';
import { SettleLater } from './settle-later.ts';

export interface ChangesParts {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly logger: Logger;
}

export class Changes {
  readonly #parts: ChangesParts;
  readonly #ledger: Ledger;
  readonly #later: SettleLater;
  readonly #running = new Set<Promise<void>>();
  #ending = false;

  constructor(parts: ChangesParts) {
    this.#parts = parts;
    this.#ledger = new Ledger(parts.db, parts.logger);
    this.#later = new SettleLater({ gateway: parts.gateway, ledger: this.#ledger, logger: parts.logger });
  }

  /** Before the first link: what an earlier panel left open is asked for as soon as its directors are back. */
  async start(): Promise<void> {
    await this.#ledger.closeInterrupted();
    for (const order of await this.#ledger.unsettled()) this.#later.add(order);
  }

  plan(clusterId: string, revision?: number): Promise<ChangePlan> {
    const { clusters } = this.#parts;
    return planRevision(this.#parts, clusterId, revision ?? clusters.standing(clusterId).wanted.number);
  }

  /** Comes back once the order is in the database; the rest goes on in the panel. */
  async apply(author: Author, order: ApplyOrder): Promise<{ applyId: string }> {
    const { person, address } = author;
    const stored = await storeOrder(this.#parts, { person: { id: person.id, name: person.name }, address }, order);
    this.#run(stored);
    return { applyId: stored.applyId };
  }

  get(applyId: string): Promise<ApplyView> {
    return applyView(this.#parts.db, applyId);
  }

  list(clusterId: string, limit: number): Promise<ApplySummary[]> {
    this.#parts.clusters.standing(clusterId);
    return applySummaries(this.#parts.db, clusterId, limit);
  }

  /** Begins nothing more from here on. Calls under way end with the gateway's. */
  async close(): Promise<void> {
    this.#ending = true;
    this.#ledger.close();
    await this.#later.close();
    await Promise.all(this.#running);
  }

  #run(order: StoredOrder): void {
    const { gateway, logger } = this.#parts;
    const running = runOrder({
      gateway, ledger: this.#ledger, ending: () => this.#ending, onUnsettled: (unsettled) => this.#later.add(unsettled),
    }, order)
      .catch(async (error: unknown) => {
        if (this.#ending) return;
        logger.error({ err: error, applyId: order.applyId }, 'an apply broke off');
        await this.#ledger.breakOff(order.applyId);
      })
      .catch((error: unknown) => {
        if (!this.#ending) logger.error({ err: error, applyId: order.applyId }, 'an apply that broke off could not be ended');
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
