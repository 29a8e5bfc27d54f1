// Since when each tier has rows.
import type { Reader } from './reader.ts';
import type { Kind } from '../tiers.ts';
import { tiersOf } from '../tiers.ts';

/** By the tier's length; null: it has none. */
export async function sinceOf(client: Pick<Reader, 'query'>, kind: Kind, directorNumbers: readonly number[]): Promise<ReadonlyMap<number, number | null>> {
  const { rows } = await client.query<{ lengthMs: number; sinceMs: number | null }>(
    `SELECT tier * 1000 AS "lengthMs", (EXTRACT(EPOCH FROM min(first.start)) * 1000)::float8 AS "sinceMs"
       FROM unnest($1::int[]) AS director CROSS JOIN unnest($2::int[]) AS tier
       LEFT JOIN LATERAL (SELECT start FROM "HistoryBlock" WHERE "directorNumber" = director AND kind = $3::"HistoryKind" AND "tierSeconds" = tier ORDER BY start LIMIT 1) AS first ON true
      GROUP BY tier`,
    [directorNumbers, tiersOf[kind].map(({ lengthMs }) => lengthMs / 1_000), kind]);
  return new Map(rows.map(({ lengthMs, sinceMs }) => [lengthMs, sinceMs]));
}
