// What there is of each tier: since when, and how heavy a row is.
import type { Kind } from '../tiers.ts';
import { tiersOf } from '../tiers.ts';
import type { Reader } from './reader.ts';

export interface TierStock {
  /** Null: it has no row. */
  readonly sinceMs: number | null;
  /** On average. */
  readonly rowBytes: number;
}

/** By the tier's length. */
export async function stockOf(client: Pick<Reader, 'query'>, kind: Kind, directorNumbers: readonly number[]): Promise<ReadonlyMap<number, TierStock>> {
  const { rows } = await client.query<TierStock & { lengthMs: number }>(
    `SELECT tier * 1000 AS "lengthMs", (EXTRACT(EPOCH FROM min(first.start)) * 1000)::float8 AS "sinceMs", coalesce(sum(bytes) / nullif(sum(rows), 0), 0)::float8 AS "rowBytes"
       FROM unnest($1::int[]) AS director CROSS JOIN unnest($2::int[]) AS tier
       LEFT JOIN LATERAL (SELECT start FROM "HistoryBlock" WHERE "directorNumber" = director AND kind = $3::"HistoryKind" AND "tierSeconds" = tier ORDER BY start LIMIT 1) AS first ON true
       LEFT JOIN "HistoryUsage" AS usage ON usage."directorNumber" = director AND usage.kind = $3::"HistoryKind" AND usage."tierSeconds" = tier
      GROUP BY tier`,
    [directorNumbers, tiersOf[kind].map(({ lengthMs }) => lengthMs / 1_000), kind]);
  return new Map(rows.map(({ lengthMs, ...stock }) => [lengthMs, stock]));
}
