// An event before it is written, and the row that it becomes.
import type { EventKind, EventObject, EventParams, EventTone } from '../../events/event.ts';
import type { Tx } from '../db/database.ts';
import type { Prisma } from '../db/generated/client.ts';

export interface EventDraft {
  /** By the clock of who saw it. */
  readonly atMs: number;
  readonly kind: EventKind;
  readonly code: string;
  readonly tone: EventTone;
  /** What is left out is not concerned. */
  readonly object: Partial<EventObject>;
  readonly params: EventParams;
  readonly person: string | null;
  readonly evidence?: Prisma.InputJsonValue | undefined;
  readonly link: string | null;
}

export type EventRow = Omit<Prisma.EventCreateManyInput, 'id' | 'auditEntryId'>;

export function rowOf({ atMs, object, params, evidence, ...draft }: EventDraft, nowMs: number): EventRow {
  const { clusterName, serviceName, realServerName, directorName } = object;
  const words = [clusterName, serviceName, realServerName, directorName, draft.person].filter((word) => word !== null && word !== undefined);
  return {
    ...draft, ...object, params,
    // A director whose clock is ahead says nothing about what is still to come.
    at: new Date(Math.min(atMs, nowMs)), heardAt: new Date(nowMs), words: words.join('\n').toLowerCase(),
    ...(evidence !== undefined && { evidence }),
  };
}

/** In one statement. */
const ROWS_AT_ONCE = 1_000;

/** Inside the transaction of what it tells of: neither is ever there without the other. As one value: all real servers of a large installation may change at once. */
export async function writeEvents(tx: Tx, drafts: readonly EventDraft[], nowMs: number): Promise<void> {
  for (let from = 0; from < drafts.length; from += ROWS_AT_ONCE) {
    const rows = JSON.stringify(drafts.slice(from, from + ROWS_AT_ONCE).map((draft) => rowOf(draft, nowMs)));
    await tx.$executeRaw`
      INSERT INTO "Event" ("at", "heardAt", "kind", "code", "tone", "clusterId", "clusterName", "serviceId", "serviceName", "realServerId", "realServerName", "directorId", "directorName", "params", "person", "evidence", "link", "words")
      SELECT "at", "heardAt", "kind", "code", "tone", "clusterId", "clusterName", "serviceId", "serviceName", "realServerId", "realServerName", "directorId", "directorName", "params", "person", "evidence", "link", "words"
        FROM jsonb_to_recordset(${rows}::jsonb) AS rows (
          "at" timestamptz, "heardAt" timestamptz, "kind" text, "code" text, "tone" text, "clusterId" text, "clusterName" text, "serviceId" text, "serviceName" text, "realServerId" text,
          "realServerName" text, "directorId" text, "directorName" text, "params" jsonb, "person" text, "evidence" jsonb, "link" text, "words" text)`;
  }
}
