// Clusters whose last apply failed: until the next is ordered.
import type { Database } from '../../db/database.ts';
import type { Condition } from './condition.ts';

interface Failed {
  readonly id: string;
  readonly clusterId: string;
  readonly name: string | null;
  readonly revisionNumber: number;
}

/** What a person stopped did not fail, and what went back whole neither: by a person's order, or because nobody confirmed it in the time that a person gave. */
export async function applyConditions(db: Database): Promise<Condition[]> {
  const failed = await db.$queryRaw<Failed[]>`
    SELECT last."id", c."id" AS "clusterId", c."name", last."revisionNumber" FROM "Cluster" AS c
      CROSS JOIN LATERAL (SELECT a."id", a."revisionNumber", a."finishedAt" FROM "Apply" AS a WHERE a."clusterId" = c."id" ORDER BY a."startedAt" DESC LIMIT 1) AS last
     WHERE c."retiredAt" IS NULL AND last."finishedAt" IS NOT NULL AND EXISTS (
       SELECT FROM "ApplyDirector" AS d WHERE d."applyId" = last."id" AND (
         (d."outcome" NOT IN ('applied', 'finishedAtRestart') AND d."error"->>'code' IS DISTINCT FROM 'stoppedByPerson')
         OR d."confirmation" = 'partlyBack'))`;
  return failed.map(({ id, clusterId, name, revisionNumber }) => ({
    rule: 'applyFailed', key: id, clusterIds: [clusterId], object: { clusterId, clusterName: name }, params: { revision: revisionNumber }, link: `/changes/${id}`,
  }));
}
