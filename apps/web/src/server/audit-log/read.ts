// Reads the audit log backwards from an entry, which is where a page or the next part of an export begins.
import type { Database } from '../db/database.ts';
import type { AuditEntry, Prisma } from '../db/generated/client.ts';
import type { AuditFilter } from './filter.ts';

export type { AuditEntry };

export interface Reading {
  readonly filter: AuditFilter;
  /** Entries older than this one; absent: from the newest. Entries are never renumbered, so that what is written meanwhile moves no page. */
  readonly before?: bigint | undefined;
  readonly limit: number;
}

export function readAudit(db: Database, { filter, before, limit }: Reading): Promise<AuditEntry[]> {
  return db.auditEntry.findMany({
    where: { ...whereOf(filter), ...(before !== undefined && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });
}

function whereOf({ person, action, object, outcome, from, to }: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    ...(person !== undefined && { actorName: part(person) }),
    ...(action !== undefined && { action: { startsWith: literal(action) } }),
    ...(object !== undefined && { OR: [{ objectKind: part(object) }, { objectName: part(object) }, { objectId: object }] }),
    ...(outcome !== undefined && { outcome }),
    ...((from !== undefined || to !== undefined) && { at: { ...(from !== undefined && { gte: new Date(from) }), ...(to !== undefined && { lt: new Date(to) }) } }),
  };
}

function part(text: string): Prisma.StringFilter {
  return { contains: literal(text), mode: 'insensitive' };
}

/** Prisma leaves LIKE's own characters as they are. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}
