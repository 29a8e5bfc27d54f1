// Of past alerts the newest are kept, and of messages those that tell of an alert that is.
import type { Database } from '../db/database.ts';

const ROWS_MAX = 50_000;
const AGE_MAX_MS = 400 * 24 * 3_600_000;

export async function sweepAlerts(db: Database, nowMs: number, rowsMax = ROWS_MAX): Promise<void> {
  await db.alert.deleteMany({ where: { endedAt: { lt: new Date(nowMs - AGE_MAX_MS) } } });
  await db.$executeRaw`
    DELETE FROM "Alert" WHERE "endedAt" IS NOT NULL AND "id" IN (
      SELECT "id" FROM "Alert" WHERE "endedAt" IS NOT NULL ORDER BY "endedAt" DESC, "id" DESC OFFSET ${rowsMax})`;
  await db.alertMessage.deleteMany({ where: { state: { not: 'waiting' }, items: { none: {} } } });
}
