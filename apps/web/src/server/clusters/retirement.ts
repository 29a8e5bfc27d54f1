// Clusters that are over: out of the lists, their revisions and audit entries kept, and where they may be forwarded still.
import { z } from 'zod';
import { audit } from '../audit.ts';
import type { Database, Tx } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import type { LeftOn, Retirement } from './cluster-view.ts';
import type { Author } from './saving/save.ts';
import { lockCluster } from './saving/writing.ts';

const retiredMax = 500;

const LeftOnDirectors = z.array(z.object({ directorId: z.string(), director: z.string(), revisions: z.array(z.int()) }));

interface RetiredRow {
  readonly retiredAt: Date | null;
  readonly retiredBy: string | null;
  readonly leftOn: unknown;
}

export function retirementOf({ retiredAt, retiredBy, leftOn }: RetiredRow): Retirement | null {
  return retiredAt === null ? null : { at: retiredAt, by: retiredBy ?? '', leftOn: LeftOnDirectors.parse(leftOn) };
}

export interface ToRetire {
  readonly clusterId: string;
  /** The newest revision as its author saw it: it must be wanted, and name no director. */
  readonly base: number;
}

/** With directors that have not confirmed that they gave it up it is forgotten, never removed. */
export async function retireCluster(db: Database, author: Author, { clusterId, base }: ToRetire, leftOn: readonly LeftOn[]): Promise<Retirement> {
  return db.$transaction(async (tx) => {
    const name = await retirable(tx, clusterId, base);
    const left = leftOn.map((director) => ({ ...director, revisions: [...director.revisions] }));
    const retired = { retiredAt: new Date(), retiredBy: author.person.name, leftOn: left };
    await tx.cluster.update({ where: { id: clusterId }, data: { ...retired, name: null } });
    await tx.claim.deleteMany({ where: { clusterId } });
    await tx.operatorCluster.deleteMany({ where: { clusterId } });
    await tx.draft.deleteMany({ where: { clusterId } });
    await audit(tx, author, {
      action: left.length === 0 ? 'clusters.retire' : 'clusters.forget',
      object: { kind: 'cluster', id: clusterId, name },
      before: { wanted: base },
      after: left.length === 0 ? { confirmedOff: true } : { mayStillForwardOn: left },
    });
    return { at: retired.retiredAt, by: retired.retiredBy, leftOn };
  });
}

/** Gives the name it has until then. */
async function retirable(tx: Tx, clusterId: string, base: number): Promise<string> {
  const { name, head, wanted } = await lockCluster(tx, clusterId);
  if (head.number !== base) throw new PanelError('staleRevision', { base, head: head.number, author: head.author, at: head.createdAt.toISOString() });
  if (wanted.number !== base) throw new PanelError('notApproved', { number: base, wanted: wanted.number });
  const [{ directors } = { directors: 0 }] = await tx.$queryRaw<{ directors: number }[]>`
    SELECT jsonb_array_length("definition"->'directors') AS "directors" FROM "Revision" WHERE "clusterId" = ${clusterId} AND "number" = ${base}`;
  if (directors > 0) throw new PanelError('clusterWanted', { cluster: name });
  const running = await tx.apply.findFirst({ where: { clusterId, finishedAt: null }, select: { authorName: true } });
  if (running !== null) throw new PanelError('applyRunning', { author: running.authorName });
  return name;
}

export interface RetiredCluster extends Retirement {
  readonly id: string;
  readonly name: string;
}

/** Newest first. */
export async function listRetired(db: Database): Promise<RetiredCluster[]> {
  const rows = await db.$queryRaw<(RetiredRow & { id: string; name: string })[]>`
    SELECT "id", "retiredAt", "retiredBy", "leftOn",
           (SELECT "definition"->>'name' FROM "Revision" WHERE "clusterId" = "id" AND "number" = "wantedRevisionNumber") AS "name"
      FROM "Cluster" WHERE "retiredAt" IS NOT NULL ORDER BY "retiredAt" DESC LIMIT ${retiredMax}`;
  return rows.flatMap(({ id, name, ...row }) => {
    const retirement = retirementOf(row);
    return retirement === null ? [] : [{ id, name, ...retirement }];
  });
}
