// The filtered audit log as a file, read in parts as its receiver takes them: neither its length nor a slow receiver fills the memory.
import type { Database } from '../db/database.ts';
import type { AuditFilter } from './filter.ts';
import { formats } from './formats.ts';
import type { ExportFormat } from './formats.ts';
import { readAudit } from './read.ts';

const entriesPerPart = 200;

/** Newest first. Each part is a query of its own: no connection is held while the receiver takes its time. */
export async function* exportAudit(db: Database, filter: AuditFilter, format: ExportFormat): AsyncGenerator<string> {
  const { head, line } = formats[format];
  yield head;
  let before: bigint | undefined;
  for (;;) {
    const entries = await readAudit(db, { filter, before, limit: entriesPerPart });
    yield entries.map(line).join('');
    if (entries.length < entriesPerPart) return;
    before = entries.at(-1)?.id;
  }
}
