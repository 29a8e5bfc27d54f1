// Takes a director out of the database: only one that no cluster wants, and that no apply is under way on.
import { audit } from '../audit.ts';
import type { Actor, AuditedChange } from '../audit.ts';
import type { Database, Tx } from '../db/database.ts';
import { PanelError } from '../errors.ts';

export interface NamingCluster {
  readonly clusterId: string;
  readonly cluster: string;
}

// The agent's answer may be waited for in it.
const transactionMs = 20_000;

/** `last` comes when nothing in the database can refuse it any more; it refuses by throwing, and says what the log keeps. */
export async function deleteDirector(
  db: Database, actor: Actor, directorId: string, action: string, last: () => Promise<Required<AuditedChange>['after']>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    // A revision that is being saved with it is waited for; one that comes later finds no director.
    const [row] = await tx.$queryRaw<{ name: string; address: string; keyHash: string }[]>`
      SELECT "name", "address", "keyHash" FROM "Director" WHERE "id" = ${directorId} FOR UPDATE`;
    if (row === undefined) throw new PanelError('noSuchDirector', { director: directorId });
    await refuseInUse(tx, directorId, row.name);
    await tx.director.delete({ where: { id: directorId } });
    const { name, address, keyHash } = row;
    await audit(tx, actor, { action, object: { kind: 'director', id: directorId, name }, before: { address, keyHash }, after: await last() });
  }, { timeout: transactionMs });
}

async function refuseInUse(tx: Tx, directorId: string, director: string): Promise<void> {
  const naming = await namedBy(tx, directorId);
  if (naming.length > 0) throw new PanelError('directorNamed', { director, clusters: naming.map(({ cluster }) => cluster).join(', ') });
  const running = await tx.applyDirector.findFirst({ where: { directorId, apply: { finishedAt: null } }, select: { apply: { select: { authorName: true } } } });
  if (running !== null) throw new PanelError('applyRunning', { author: running.apply.authorName });
}

/** The clusters whose wanted revision names the director. */
export async function namedBy(db: Database | Tx, directorId: string): Promise<NamingCluster[]> {
  return db.$queryRaw<NamingCluster[]>`
    SELECT "Cluster"."id" AS "clusterId", "Cluster"."name" AS "cluster"
      FROM "Cluster" JOIN "Revision" ON "clusterId" = "Cluster"."id" AND "number" = "wantedRevisionNumber"
     WHERE "retiredAt" IS NULL AND "definition"->'directors' @> ${JSON.stringify([{ directorId }])}::jsonb ORDER BY 2`;
}
