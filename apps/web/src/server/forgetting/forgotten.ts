// Directors that were forgotten while they may have held a cluster: nobody can ask them any more, and only the audit log knows of them.
import type { LeftOn } from '../clusters/cluster-view.ts';
import type { Database } from '../db/database.ts';

/** Those whose host has not come back since, as a director that is asked again or was removed or forgotten anew. It has its key then. */
export async function forgottenHolders(db: Database, clusterId: string): Promise<LeftOn[]> {
  return db.$queryRaw<LeftOn[]>`
    SELECT "objectId" AS "directorId", "objectName" AS "director",
           ARRAY(SELECT (held->>'revision')::int FROM jsonb_array_elements("after"->'mayStillHold') AS held WHERE held->>'clusterId' = ${clusterId} ORDER BY 1) AS "revisions"
      FROM "AuditEntry" AS forgotten
     WHERE "objectKind" = 'director' AND "action" = 'directors.forget' AND "after"->'mayStillHold' @> ${JSON.stringify([{ clusterId }])}::jsonb
       AND NOT EXISTS (SELECT FROM "Director" WHERE "keyHash" = forgotten."before"->>'keyHash')
       AND NOT EXISTS (
         SELECT FROM "AuditEntry" AS later
          WHERE later."objectKind" = 'director' AND later."action" IN ('directors.remove', 'directors.forget') AND later."id" > forgotten."id"
            AND later."before"->>'keyHash' = forgotten."before"->>'keyHash')
     ORDER BY "id"`;
}
