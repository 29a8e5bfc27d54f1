// Which revisions a director may hold: what it said, and what it was sent without having said what became of that.
import type { Database } from '../db/database.ts';
import type { DirectorView } from '../gateway/director-view.ts';
import type { HeldHow } from './remains-view.ts';

export interface Holding {
  readonly clusterId: string;
  readonly revision: number;
  readonly how: HeldHow;
  /** Of the definition, as the director said it; null where only an order tells. */
  readonly digest: string | null;
}

interface SentRow {
  readonly clusterId: string;
  readonly revision: number | null;
  readonly how: HeldHow;
  readonly open: boolean;
  /** It went back from it in part: of that something is there as long as the director drifts. */
  readonly partly: boolean;
}

/** What it said in this panel's life comes before what it reported in an earlier one. */
export async function holdingsOf(db: Database, { id, accepted, drift }: Pick<DirectorView, 'id' | 'accepted' | 'drift'>): Promise<Holding[]> {
  const sent = await sentTo(db, id);
  const ordered = sent.filter(({ how, open, partly }) => how === 'ordered' && (partly ? drift !== 0 : open || accepted === null));
  const said: Holding[] = accepted === null
    ? sent.filter(({ how }) => how === 'accepted').flatMap(holding)
    : accepted.map(({ clusterId, revision, digest }) => ({ clusterId, revision, how: 'accepted', digest }));
  const isSaid = (row: SentRow): boolean => said.some(({ clusterId, revision }) => clusterId === row.clusterId && revision === row.revision);
  return [...said, ...ordered.filter((row) => !isSaid(row)).flatMap(holding)];
}

function holding({ clusterId, revision, how }: SentRow): Holding[] {
  return revision === null ? [] : [{ clusterId, revision, how, digest: null }];
}

/** Of each cluster what the newest report says is accepted, or that it went back to, every order after it without a report, what it goes back to where nobody confirms, and what it went back from in part. */
async function sentTo(db: Database, directorId: string): Promise<SentRow[]> {
  return db.$queryRaw<SentRow[]>`
    WITH sent AS (
      SELECT "ApplyDirector"."id", "clusterId", "revisionNumber", "outcome", "sentAt", "ApplyDirector"."finishedAt" IS NULL AS "open"
        FROM "ApplyDirector" JOIN "Apply" ON "Apply"."id" = "applyId" WHERE "directorId" = ${directorId} AND "sentAt" IS NOT NULL),
    reported AS (
      SELECT DISTINCT ON ("clusterId") "clusterId", "revisionNumber", "id", "sentAt" FROM sent
       WHERE "outcome" IN ('applied', 'partlyApplied', 'rolledBack', 'rollbackFailed', 'finishedAtRestart') ORDER BY "clusterId", "sentAt" DESC)
    SELECT reported."clusterId", (CASE WHEN "wentBack" IS NULL THEN "report"->'report'->>'accepted' ELSE "wentBack"->>'base' END)::int AS "revision", 'accepted' AS "how", false AS "open", false AS "partly"
      FROM reported JOIN "ApplyDirector" ON "ApplyDirector"."id" = reported."id"
    UNION ALL
    SELECT reported."clusterId", reported."revisionNumber", 'ordered', true, true FROM reported JOIN "ApplyDirector" ON "ApplyDirector"."id" = reported."id"
     WHERE "confirmation" = 'partlyBack'
    UNION ALL
    SELECT DISTINCT sent."clusterId", sent."revisionNumber", 'ordered', "open", false FROM sent LEFT JOIN reported ON reported."clusterId" = sent."clusterId"
     WHERE ("outcome" IS NULL OR "outcome" = 'unknown') AND (reported."sentAt" IS NULL OR sent."sentAt" > reported."sentAt")
    UNION ALL
    SELECT "clusterId", ("plan"->>'replaces')::int, 'ordered', true, false FROM "ApplyDirector" JOIN "Apply" ON "Apply"."id" = "applyId"
     WHERE "directorId" = ${directorId} AND "confirmation" = 'waiting'
     ORDER BY 1, 2`;
}
