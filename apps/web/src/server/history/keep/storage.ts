// Puts together what the settings page shows of history.
import type { Pool } from 'pg';
import type { HistoryStorage, StoredTier } from '../../../history/storage.ts';
import { enoughMs, expectationOf } from './expect.ts';
import { finestTier } from '../tiers.ts';
import { readDiskBytes, readUsage, readWritten, shelves } from './usage.ts';

const latelyMs = 6 * 60 * 60_000;

export async function readStorage(pool: Pool, budgetBytes: number, nowMs: number): Promise<HistoryStorage> {
  const usage = await readUsage(pool);
  const fromMs = Math.max(nowMs - latelyMs, Math.min(nowMs, ...usage.flatMap(({ sinceMs }) => sinceMs ?? [])));
  // A coarser row begins before what it holds.
  const firstMs = Math.min(nowMs, ...usage.flatMap(({ sinceMs, tier }) => (sinceMs === null ? [] : [sinceMs + tier.lengthMs - finestTier.lengthMs])));
  const spanMs = nowMs - Math.max(fromMs, firstMs);
  const expected = spanMs < enoughMs ? null : expectationOf(shelves, { nowMs, written: await readWritten(pool, fromMs) }, budgetBytes);
  return {
    budgetBytes,
    usedBytes: usage.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    diskBytes: await readDiskBytes(pool),
    tiers: usage.map(({ kind, tier, storedBytes, sinceMs }, index): StoredTier => {
      const own = expected?.[index];
      return {
        kind, ...tier, bytes: storedBytes, sinceMs,
        expected: own === undefined ? null : { bytesPerDay: own.bytesPerDay, steadyBytes: own.steadyBytes, reachMs: own.reachMs },
      };
    }),
    expectedFromMs: expected === null ? null : spanMs,
  };
}
