// Removes the oldest rows of a tier, some at a time, and counts them off.
import type { Pool } from 'pg';
import { count, shelfKey } from '../store/blocks.ts';
import { inTransaction } from '../store/transaction.ts';
import { floorTo, tiersOf } from '../tiers.ts';
import type { Shelf } from './usage.ts';

const rowsAtOnce = 2_000;

/** What begins before then, of all directors, but what the next coarser is still to be made of. */
export async function removeBefore(pool: Pool, { kind, tier }: Shelf, beforeMs: number, signal: AbortSignal): Promise<void> {
  const { rows: directors } = await pool.query<{ number: number; reachesToMs: number }>(
    `SELECT number, coalesce(EXTRACT(EPOCH FROM "reachesTo") * 1000, 0)::float8 AS "reachesToMs" FROM "HistoryDirector" WHERE EXISTS (SELECT FROM "HistoryBlock"
      WHERE "directorNumber" = number AND kind = $1::"HistoryKind" AND "tierSeconds" = $2 AND start < to_timestamp($3::float8 / 1000.0))`, [kind, tier.lengthMs / 1_000, beforeMs]);
  const coarser = tiersOf[kind].find(({ lengthMs }) => lengthMs > tier.lengthMs);
  for (const { number, reachesToMs } of directors) {
    // By the director's clock: it may be wrong by days, and what is old may have come just now.
    const endMs = coarser === undefined ? beforeMs : Math.min(beforeMs, floorTo(reachesToMs, coarser.lengthMs));
    let last = rowsAtOnce;
    while (last === rowsAtOnce && !signal.aborted) {
      last = await removeSome(pool, { directorNumber: number, kind, lengthMs: tier.lengthMs }, endMs);
    }
  }
}

function removeSome(pool: Pool, shelf: Parameters<typeof shelfKey>[0], beforeMs: number): Promise<number> {
  return inTransaction(pool, async (client) => {
    // As who writes does: what is counted is counted by one at a time.
    await client.query('SELECT FROM "HistoryDirector" WHERE number = $1 FOR UPDATE', [shelf.directorNumber]);
    const of = `"directorNumber" = $1 AND kind = $2::"HistoryKind" AND "tierSeconds" = $3`;
    const { rows } = await client.query<{ rows: number; bytes: number }>(
      `WITH gone AS (DELETE FROM "HistoryBlock" WHERE ${of} AND start IN (SELECT start FROM "HistoryBlock" WHERE ${of} AND start < to_timestamp($4::float8 / 1000.0) ORDER BY start LIMIT $5)
                     RETURNING octet_length(packed) AS bytes)
       SELECT count(*)::float8 AS rows, coalesce(sum(bytes), 0)::float8 AS bytes FROM gone`,
      [...shelfKey(shelf), beforeMs, rowsAtOnce]);
    const gone = rows[0] ?? { rows: 0, bytes: 0 };
    if (gone.rows > 0) await count(client, shelf, -gone.rows, -gone.bytes);
    return gone.rows;
  });
}
