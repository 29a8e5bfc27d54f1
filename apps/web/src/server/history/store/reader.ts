// Reads for one answer until its deadline: what takes longer is ended in the database too, and holds none of its connections.
import { setImmediate } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import type { Pool, QueryResult, QueryResultRow } from 'pg';
import { PanelError } from '../../errors.ts';
import { inTransaction } from './transaction.ts';

/** PostgreSQL's query_canceled. */
const cancelled = '57014';
/** Longer than that nobody waits for the panel's only thread. */
const turnMs = 10;

export class Reader {
  readonly #pool: Pool;
  readonly #deadlineMs: number;
  readonly #begunMs = performance.now();
  #turnBegunMs = performance.now();

  constructor(pool: Pool, deadlineMs: number) {
    this.#pool = pool;
    this.#deadlineMs = deadlineMs;
  }

  async query<TRow extends QueryResultRow>(text: string, values: unknown[]): Promise<QueryResult<TRow>> {
    return inTransaction(this.#pool, async (client) => {
      await client.query(`SELECT set_config('statement_timeout', $1, true)`, [String(this.#leftMs())]);
      return client.query<TRow>(text, values);
    }).catch((error: unknown) => {
      if (error instanceof DatabaseError && error.code === cancelled) throw this.#late(error);
      throw error;
    });
  }

  /** To be awaited between pieces of work: others wait for the panel too. */
  async next(): Promise<void> {
    this.#leftMs();
    if (performance.now() - this.#turnBegunMs < turnMs) return;
    await setImmediate();
    this.#turnBegunMs = performance.now();
  }

  #leftMs(): number {
    const left = Math.ceil(this.#begunMs + this.#deadlineMs - performance.now());
    if (left <= 0) throw this.#late();
    return left;
  }

  #late(cause?: unknown): PanelError {
    return new PanelError('historyTooLong', { seconds: Math.ceil(this.#deadlineMs / 1_000) }, cause);
  }
}
