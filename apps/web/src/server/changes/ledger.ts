// The rows of an apply as it goes on. What was said or done is written down again and again until the database has it.
import { setTimeout as delay } from 'node:timers/promises';
import { audit, panelItself } from '../audit.ts';
import type { Database } from '../db/database.ts';
import { Prisma } from '../db/generated/client.ts';
import type { Logger } from '../logger.ts';
import type { Settlement } from './answer.ts';
import type { StoredOrder } from './order.ts';

const retryMs = 1_000;

/** An order that may have arrived, from an agent that has not said what became of it. */
export interface Unsettled {
  readonly id: string;
  readonly applyId: string;
  readonly directorId: string;
}

export class Ledger {
  readonly #db: Database;
  readonly #logger: Logger;
  readonly #closing = new AbortController();

  constructor(db: Database, logger: Logger) {
    this.#db = db;
    this.#logger = logger;
  }

  close(): void {
    this.#closing.abort();
  }

  /** Before the order goes out. */
  async sending(id: string): Promise<void> {
    await this.#untilWritten(() => this.#db.applyDirector.update({ where: { id }, data: { sentAt: new Date() } }));
  }

  async settle(id: string, { outcome, report, error, over }: Settlement): Promise<void> {
    const data = { outcome, report: report ?? Prisma.DbNull, error: json(error), finishedAt: over ? new Date() : null };
    await this.#untilWritten(() => this.#db.applyDirector.update({ where: { id }, data }));
  }

  async finish({ applyId, clusterId, clusterName, revision, author }: StoredOrder): Promise<void> {
    await this.#untilWritten(() => this.#db.$transaction(async (tx) => {
      const { count } = await tx.apply.updateMany({ where: { id: applyId, finishedAt: null }, data: { finishedAt: new Date() } });
      if (count === 0) return;
      const rows = await tx.applyDirector.findMany({ where: { applyId }, orderBy: { position: 'asc' }, select: { directorName: true, outcome: true } });
      const directors = rows.map(({ directorName, outcome }) => ({ director: directorName, outcome }));
      const applied = rows.every(({ outcome }) => outcome === 'applied');
      await audit(tx, author, {
        action: 'changes.finish',
        object: { kind: 'cluster', id: clusterId, name: clusterName },
        after: { applyId, revision, directors },
        outcome: applied ? 'done' : 'failed',
      });
    }));
  }

  /** At the start: whatever an earlier panel left under way is over. What was sent may have been done; what was not sent was not done. */
  async closeInterrupted(): Promise<void> {
    await this.#db.$transaction(async (tx) => {
      const applies = await tx.apply.findMany({ where: { finishedAt: null }, select: { id: true, clusterId: true, cluster: { select: { name: true } } } });
      const left = { apply: { finishedAt: null }, outcome: null };
      await tx.applyDirector.updateMany({ where: { ...left, sentAt: { not: null } }, data: { outcome: 'unknown' } });
      await tx.applyDirector.updateMany({ where: { ...left, sentAt: null }, data: { outcome: 'notSent', error: { code: 'applyInterrupted', params: {} }, finishedAt: new Date() } });
      await tx.apply.updateMany({ where: { finishedAt: null }, data: { finishedAt: new Date() } });
      for (const { id, clusterId, cluster } of applies) {
        await audit(tx, panelItself, {
          action: 'changes.interrupt', object: { kind: 'cluster', id: clusterId, name: cluster.name }, after: { applyId: id }, outcome: 'failed',
        });
      }
    });
  }

  async unsettled(): Promise<Unsettled[]> {
    const rows = await this.#db.applyDirector.findMany({
      where: { outcome: 'unknown', finishedAt: null, directorId: { not: null } }, orderBy: { sentAt: 'asc' }, select: { id: true, applyId: true, directorId: true },
    });
    return rows.flatMap(({ directorId, ...row }) => (directorId === null ? [] : [{ ...row, directorId }]));
  }

  async #untilWritten(write: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await write();
        return;
      } catch (error) {
        if (this.#closing.signal.aborted) throw error;
        this.#logger.error({ err: error }, 'an apply could not be written to the database; trying again');
        await delay(retryMs, undefined, { signal: this.#closing.signal });
      }
    }
  }
}

function json(value: Settlement['error']): Prisma.InputJsonObject | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : { code: value.code, params: { ...value.params } };
}
