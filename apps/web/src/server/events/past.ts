// Events of what the audit log had before there were any: each entry that has none yet becomes one, in the order in which they were written.
import type { Database } from '../db/database.ts';
import { rowOf } from './draft.ts';
import { eventOfAudit, toldActions } from './of-audit.ts';

const BATCH = 500;
/** In `Watched`, once it was done: what is in the audit log and no event any more was one, and was swept. */
const DONE = 'past';

export interface PastParts {
  readonly db: Database;
  readonly sinceMs: number;
  readonly rowsMax: number;
}

/** Before anything else is written, and once. Since an entry and its event are written as one, those without are all older than the newest that has one. */
export async function tellPast({ db, sinceMs, rowsMax }: PastParts): Promise<number> {
  if (await db.watched.findUnique({ where: { key: DONE } }) !== null) return 0;
  // Nothing to tell, and nothing to note: a new database stays empty, so that a backup can go into it.
  if (await db.auditEntry.findFirst({ select: { id: true } }) === null) return 0;
  const isFull = (await db.event.findMany({ orderBy: { id: 'desc' }, skip: rowsMax - 1, take: 1, select: { id: true } })).length > 0;
  const told = isFull ? 0 : await tellAll({ db, sinceMs, rowsMax });
  await db.watched.create({ data: { key: DONE, standing: {} } });
  return told;
}

async function tellAll({ db, sinceMs, rowsMax }: PastParts): Promise<number> {
  const newest = await db.event.findFirst({ where: { auditEntryId: { not: null } }, orderBy: { auditEntryId: 'desc' }, select: { auditEntryId: true } });
  const where = { action: { in: [...toldActions] }, outcome: { not: 'refused' as const }, at: { gte: new Date(sinceMs) } };
  const [first] = await db.auditEntry.findMany({ where, orderBy: { id: 'desc' }, skip: rowsMax - 1, take: 1, select: { id: true } });
  let after = newest?.auditEntryId ?? (first === undefined ? 0n : first.id - 1n);
  let told = 0;
  for (;;) {
    const entries = await db.auditEntry.findMany({ where: { ...where, id: { gt: after } }, orderBy: { id: 'asc' }, take: BATCH });
    const last = entries.at(-1);
    if (last === undefined) return told;
    const data = entries.flatMap(({ id, at, actorName, action, objectKind, objectId, objectName, before, after: afterwards, outcome }) => {
      const object = { kind: objectKind, id: objectId, name: objectName };
      const event = eventOfAudit({ atMs: at.getTime(), actorName, action, object, before: before ?? undefined, after: afterwards ?? undefined, outcome });
      return event === null ? [] : [{ ...rowOf(event, at.getTime()), auditEntryId: id }];
    });
    const { count } = await db.event.createMany({ data, skipDuplicates: true });
    told += count;
    after = last.id;
  }
}
