// Which objects of which directors a series is about, as history knows them.
import type { HistorySubject } from '../../../history/series.ts';
import type { Kind } from '../tiers.ts';
import type { Reader } from '../store/reader.ts';

/** `by` as it was asked for: the subject is a service then. */
export interface Question {
  readonly subject: HistorySubject;
  readonly by: 'whole' | 'realServer';
}

export interface FoundObject {
  readonly number: number;
  /** Null: no real server. */
  readonly realServerId: string | null;
  readonly key: string;
}

export interface FoundDirector {
  readonly number: number;
  readonly directorId: string;
  readonly name: string;
  /** Up to where what is coarser is whole; null: nothing came. */
  readonly reachesToMs: number | null;
  readonly objects: readonly FoundObject[];
}

export function kindOf({ subject, by }: Question): Kind {
  return by === 'realServer' || subject.kind === 'realServer' ? 'realServers' : 'services';
}

function conditionOf(subject: HistorySubject): { readonly sql: string; readonly values: readonly string[] } {
  switch (subject.kind) {
    case 'cluster': return { sql: '"clusterId" = $2', values: [subject.clusterId] };
    case 'director': return { sql: '"directorId" = $2', values: [subject.directorId] };
    case 'service': return { sql: '"clusterId" = $2 AND "serviceId" = $3', values: [subject.clusterId, subject.serviceId] };
    case 'realServer': return { sql: '"clusterId" = $2 AND "serviceId" = $3 AND "realServerId" = $4', values: [subject.clusterId, subject.serviceId, subject.realServerId] };
  }
}

export async function findObjects(reader: Reader, question: Question): Promise<FoundDirector[]> {
  const kind = kindOf(question);
  const { sql, values } = conditionOf(question.subject);
  const { rows } = await reader.query<FoundObject & Omit<FoundDirector, 'objects' | 'number'> & { directorNumber: number }>(
    `SELECT object.number, object."realServerId", object.key, director.number AS "directorNumber", director."directorId", director.name,
            (EXTRACT(EPOCH FROM director."reachesTo") * 1000)::float8 AS "reachesToMs"
       FROM "HistoryObject" AS object JOIN "HistoryDirector" AS director ON director.number = object."directorNumber"
      WHERE object.kind = $1::"HistoryKind" AND ${sql} ${kind === 'realServers' ? 'AND object."realServerId" IS NOT NULL' : ''} ORDER BY object.number`,
    [kind, ...values]);
  const directors = new Map<number, FoundDirector & { readonly objects: FoundObject[] }>();
  for (const { directorNumber, directorId, name, reachesToMs, ...object } of rows) {
    const known = directors.get(directorNumber) ?? { number: directorNumber, directorId, name, reachesToMs, objects: [] };
    known.objects.push(object);
    directors.set(directorNumber, known);
  }
  return [...directors.values()];
}
