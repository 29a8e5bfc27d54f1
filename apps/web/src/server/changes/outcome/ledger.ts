// The rows of an apply as it goes on. What was said or done is written down as soon as the database can be reached.
import { setTimeout as delay } from 'node:timers/promises';
import { audit, panelItself } from '../../audit.ts';
import type { Database } from '../../db/database.ts';
import { Prisma } from '../../db/generated/client.ts';
import { isLostConnection } from '../../db/lost-connection.ts';
import { createBackoff } from '../../gateway/backoff.ts';
import type { Logger } from '../../logger.ts';
import { heldEnds } from './answer.ts';
import type { Settlement, ShownConfirmation } from './answer.ts';
import type { StoredOrder } from '../order.ts';

const retry = { firstMs: 250, maxMs: 5_000 };

const heldInterrupted = { code: 'heldInterrupted', params: {} } as const;

const notWritten = { code: 'applyNotWritten', params: {} } as const;

/** An order that may have arrived, from an agent that has not said what became of it. */
export interface Unsettled {
  readonly id: string;
  readonly applyId: string;
  readonly directorId: string;
  readonly clusterId: string;
  readonly director: string;
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

  /** Before the order goes out. `takesBack`: whatever becomes of it, the director may go back by itself from now on. */
  async sending(id: string, takesBack = false): Promise<void> {
    await this.#untilWritten(() => this.#db.applyDirector.update({ where: { id }, data: { sentAt: new Date(), ...(takesBack && { confirmation: 'waiting' }) } }));
  }

  /** A report that the database does not take leaves what became of the order unknown; what waits to be confirmed still can be. */
  async settle(id: string, settlement: Settlement): Promise<void> {
    try {
      await this.#settle(id, settlement);
    } catch (error) {
      if (this.#closing.signal.aborted) throw error;
      this.#logger.error({ err: error, id, outcome: settlement.outcome }, 'what became of an apply could not be written to the database');
      await this.#settle(id, { outcome: 'unknown', report: null, error: notWritten, over: true, confirmation: settlement.confirmation ?? null });
    }
  }

  async #settle(id: string, { outcome, report, error, over, confirmation = null }: Settlement): Promise<void> {
    const data = {
      outcome, report: report ?? Prisma.DbNull, error: json(error), finishedAt: over ? new Date() : null,
      ...(confirmation !== null ? confirmedData(confirmation) : over && { confirmation: null }),
    };
    await this.#untilWritten(() => this.#db.applyDirector.update({ where: { id }, data }));
  }

  /** Since when the others wait for a person; null: they do no more. */
  async hold(applyId: string, since: Date | null): Promise<void> {
    await this.#untilWritten(() => this.#db.apply.updateMany({ where: { id: applyId, finishedAt: null }, data: { heldSince: since } }));
  }

  /** What a director says of a change that it was to take back unless it was confirmed. The panel's own word is in the audit log already. */
  async confirmed({ id, applyId, clusterId, director }: { readonly id: string; readonly applyId: string; readonly clusterId: string; readonly director: string }, shown: ShownConfirmation): Promise<void> {
    await this.#untilWritten(() => this.#db.$transaction(async (tx) => {
      const { count } = await tx.applyDirector.updateMany({ where: { id, confirmation: 'waiting' }, data: confirmedData(shown) });
      if (count === 0 || shown.wentBack === null) return;
      const { why, base, remainingCount } = shown.wentBack;
      const { name } = await tx.cluster.findUniqueOrThrow({ where: { id: clusterId }, select: { name: true } });
      await audit(tx, panelItself, {
        action: 'changes.wentBack', object: { kind: 'cluster', id: clusterId, ...(name !== null && { name }) }, after: { applyId, director, revision: base, why, remaining: remainingCount },
        outcome: remainingCount === 0 ? 'done' : 'failed',
      });
    }));
  }

  async finish({ applyId, clusterId, clusterName, revision, author }: StoredOrder): Promise<void> {
    await this.#untilWritten(() => this.#db.$transaction(async (tx) => {
      const { count } = await tx.apply.updateMany({ where: { id: applyId, finishedAt: null }, data: { finishedAt: new Date(), heldSince: null } });
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
    await this.#closeOpen({}, {}, { code: 'applyInterrupted', params: {} });
  }

  /** An apply that cannot be written on is over, so that the next one can begin. */
  async breakOff(applyId: string): Promise<void> {
    await this.#untilWritten(() => this.#closeOpen({ id: applyId }, { error: notWritten, finishedAt: new Date() }, notWritten));
  }

  async #closeOpen(which: { readonly id?: string }, sent: Prisma.ApplyDirectorUpdateManyMutationInput, error: Prisma.InputJsonObject): Promise<void> {
    const open = { ...which, finishedAt: null };
    await this.#db.$transaction(async (tx) => {
      const applies = await tx.apply.findMany({ where: open, select: { id: true, clusterId: true, cluster: { select: { name: true } } } });
      const left = { apply: open, outcome: null };
      await tx.applyDirector.updateMany({ where: { ...left, sentAt: { not: null } }, data: { outcome: 'unknown', ...sent } });
      const unsent = { outcome: 'notSent', finishedAt: new Date() } as const;
      await tx.applyDirector.updateMany({ where: { apply: { ...open, heldSince: { not: null } }, outcome: null, sentAt: null }, data: { ...unsent, error: heldInterrupted } });
      await tx.applyDirector.updateMany({ where: { ...left, sentAt: null }, data: { ...unsent, error } });
      await tx.apply.updateMany({ where: open, data: { finishedAt: new Date(), heldSince: null } });
      for (const { id, clusterId, cluster } of applies) {
        await audit(tx, panelItself, {
          action: 'changes.interrupt', object: { kind: 'cluster', id: clusterId, ...(cluster.name !== null && { name: cluster.name }) }, after: { applyId: id }, outcome: 'failed',
        });
      }
    });
  }

  async unsettled(): Promise<Unsettled[]> {
    const rows = await this.#db.applyDirector.findMany({
      where: { outcome: 'unknown', finishedAt: null, directorId: { not: null } }, orderBy: { sentAt: 'asc' }, select: openRow,
    });
    return rows.flatMap(openOf);
  }

  /** What directors had to take back unless it was confirmed, and have not said that they did. Of what is unsettled they are asked first what became of it. */
  async waiting(applyId?: string): Promise<Unsettled[]> {
    const settled: Prisma.ApplyDirectorWhereInput = { OR: [{ outcome: { not: 'unknown' } }, { finishedAt: { not: null } }] };
    const rows = await this.#db.applyDirector.findMany({
      where: { ...(applyId !== undefined && { applyId }), confirmation: 'waiting', directorId: { not: null }, ...settled }, select: openRow,
    });
    return rows.flatMap(openOf);
  }

  /** Clusters in which others once waited for a person, and were not sent because none said anything. */
  async leftOver(): Promise<string[]> {
    const OR = heldEnds.map((code) => ({ directors: { some: { error: { path: ['code'], equals: code } } } }));
    return (await this.#db.apply.findMany({ where: { OR }, distinct: ['clusterId'], select: { clusterId: true } })).map(({ clusterId }) => clusterId);
  }

  async #untilWritten(write: () => Promise<unknown>): Promise<void> {
    const backoff = createBackoff({ ...retry, random: Math.random });
    for (;;) {
      try {
        await write();
        return;
      } catch (error) {
        if (this.#closing.signal.aborted || !isLostConnection(error)) throw error;
        this.#logger.error({ err: error }, 'an apply could not be written to the database; trying again');
        await delay(backoff.nextMs(), undefined, { signal: this.#closing.signal });
      }
    }
  }
}

function json(value: Settlement['error']): Prisma.InputJsonObject | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : { code: value.code, params: { ...value.params } };
}

function confirmedData({ confirmation, wentBack }: ShownConfirmation): Prisma.ApplyDirectorUpdateManyMutationInput {
  return { confirmation, wentBack: wentBack ?? Prisma.DbNull };
}

const openRow = { id: true, applyId: true, directorId: true, directorName: true, apply: { select: { clusterId: true } } } as const;

function openOf(
  { id, applyId, directorId, directorName, apply }: { id: string; applyId: string; directorId: string | null; directorName: string; apply: { clusterId: string } },
): Unsettled[] {
  return directorId === null ? [] : [{ id, applyId, directorId, clusterId: apply.clusterId, director: directorName }];
}
