// The drains that a person ordered and nobody ended: in the database, and in memory for every look.
import { Drain } from '@weir/model';
import type { Database, Tx } from '../db/database.ts';
import type { Drain as StoredDrain } from '../db/generated/client.ts';

export interface DrainRow {
  readonly clusterId: string;
  readonly drain: Drain;
  readonly host: string | null;
  readonly safeAtMs: number | null;
}

function rowOf({ clusterId, drain, host, safeAt }: StoredDrain): DrainRow {
  return { clusterId, drain: Drain.parse(drain), host, safeAtMs: safeAt?.getTime() ?? null };
}

export class DrainRows {
  readonly #db: Database;
  readonly #open = new Map<string, DrainRow>();

  constructor(db: Database) {
    this.#db = db;
  }

  async start(): Promise<void> {
    for (const row of await this.#db.drain.findMany({ where: { endedAt: null, cluster: { retiredAt: null } }, orderBy: { startedAt: 'asc' } })) this.#open.set(row.id, rowOf(row));
  }

  /** In the order in which they began. */
  get open(): readonly DrainRow[] {
    return [...this.#open.values()];
  }

  find(drainId: string): DrainRow | null {
    return this.#open.get(drainId) ?? null;
  }

  /** With what `alongside` writes, or not at all. */
  async add({ clusterId, drain, host }: Omit<DrainRow, 'safeAtMs'>, alongside: (tx: Tx) => Promise<void>): Promise<void> {
    // At once, so that no second one of the same real servers begins meanwhile.
    this.#open.set(drain.id, { clusterId, drain, host, safeAtMs: null });
    try {
      await this.#db.$transaction(async (tx) => {
        await tx.drain.create({ data: { id: drain.id, clusterId, drain, host, authorName: drain.author, startedAt: new Date(drain.startedAtMs) } });
        await alongside(tx);
      });
    } catch (error) {
      this.#open.delete(drain.id);
      throw error;
    }
  }

  /** Once, however many see it at the same time: only who writes it first also writes `alongside`. */
  async safe(row: DrainRow, safeAtMs: number, alongside: (tx: Tx) => Promise<void>): Promise<void> {
    const { id } = row.drain;
    await this.#db.$transaction(async (tx) => {
      const { count } = await tx.drain.updateMany({ where: { id, safeAt: null }, data: { safeAt: new Date(safeAtMs) } });
      if (count > 0) await alongside(tx);
    });
    if (this.#open.has(id)) this.#open.set(id, { ...row, safeAtMs });
  }

  async end(drainId: string): Promise<void> {
    await this.#db.drain.updateMany({ where: { id: drainId, endedAt: null }, data: { endedAt: new Date() } });
    this.#open.delete(drainId);
  }
}
