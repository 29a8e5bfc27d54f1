// Reads events backwards, by any filter: for each kind and tone that is asked for as far as a page goes, straight from an index.
import { Try, withoutSent } from '@weir/model';
import { EventKind, EventParams, EventTone } from '../../events/event.ts';
import type { EventFilter, EventsPage, PanelEvent } from '../../events/event.ts';
import type { Database } from '../db/database.ts';
import { Prisma } from '../db/generated/client.ts';
import type { Event as StoredEvent } from '../db/generated/client.ts';

/** What of a text is looked through for one page: there is no index of parts of words. */
const LOOKED_THROUGH = 20_000;

export interface EventsAsked {
  readonly filter: EventFilter;
  /** That serve the cluster that is asked for: what is about one of them and no cluster alone is found with it. */
  readonly directorIds: readonly string[];
  readonly before?: string | undefined;
  readonly limit: number;
}

interface Place {
  readonly id: bigint;
  readonly at: Date;
}

/** Who is asked of: the narrowest that has an index. */
const objects = ['realServerId', 'serviceId', 'directorId', 'clusterId'] as const;

/** Of these kinds are events about a director and no cluster alone. */
const kindsOfDirectors: readonly EventKind[] = ['director', 'drift', 'checker', 'alert'];

/** Newest first: of each kind and tone the newest, and of all these the newest. */
function newest({ filter, directorIds }: EventsAsked, before: Place | null, limit: number): Prisma.Sql {
  const { kinds = EventKind.options, tones = EventTone.options, directorId, realServerId, fromMs, toMs } = filter;
  const bounds = [
    ...(fromMs === undefined ? [] : [Prisma.sql`AND e."at" >= ${new Date(fromMs)}`]), ...(toMs === undefined ? [] : [Prisma.sql`AND e."at" < ${new Date(toMs)}`]),
    ...(before === null ? [] : [Prisma.sql`AND (e."at", e."id") < (${before.at}, ${before.id})`]),
  ];
  const about = objects.filter((name) => filter[name] !== undefined);
  if (filter.kinds === undefined && filter.tones === undefined && about.length === 0) {
    return Prisma.sql`SELECT e."id", e."at" FROM "Event" AS e WHERE true ${Prisma.join([Prisma.empty, ...bounds], ' ')} ORDER BY e."at" DESC, e."id" DESC LIMIT ${limit}`;
  }
  const among = (from: Prisma.Sql, of: readonly EventKind[], where: readonly Prisma.Sql[]): Prisma.Sql => Prisma.sql`
    SELECT one."id", one."at" FROM ${from} unnest(${of}::text[]) AS of_kind CROSS JOIN unnest(${tones}::text[]) AS of_tone
      CROSS JOIN LATERAL (
        SELECT e."id", e."at" FROM "Event" AS e WHERE e."kind" = of_kind AND e."tone" = of_tone ${Prisma.join([Prisma.empty, ...where, ...bounds], ' ')}
         ORDER BY e."at" DESC, e."id" DESC LIMIT ${limit}
      ) AS one`;
  const own = among(Prisma.empty, kinds, about.map((name) => Prisma.sql`AND e.${Prisma.raw(`"${name}"`)} = ${filter[name]}`));
  const serving = realServerId === undefined ? directorIds.filter((id) => directorId === undefined || id === directorId) : [];
  const ofDirectors = among(
    Prisma.sql`unnest(${serving}::text[]) AS of_director CROSS JOIN`, kinds.filter((kind) => kindsOfDirectors.includes(kind)), [Prisma.sql`AND e."directorId" = of_director AND e."clusterId" IS NULL`],
  );
  return Prisma.sql`SELECT * FROM (${serving.length === 0 ? own : Prisma.sql`${own} UNION ALL ${ofDirectors}`}) AS found ORDER BY "at" DESC, "id" DESC LIMIT ${limit}`;
}

/** Of as many as are looked through, those with the text; and the last of them all, where there may be more. */
async function withText(db: Database, text: string, among: Prisma.Sql, limit: number): Promise<{ readonly found: Place[]; readonly last: Place | null }> {
  const rows = await db.$queryRaw<(Place & { isHit: boolean; isLast: boolean })[]>`
    SELECT * FROM (
      SELECT a."id", a."at", strpos(e."words", ${text.toLowerCase()}) > 0 AS "isHit", a."number" = ${LOOKED_THROUGH} AS "isLast"
        FROM (SELECT *, row_number() OVER (ORDER BY "at" DESC, "id" DESC) AS "number" FROM (${among}) AS newest) AS a JOIN "Event" AS e ON e."id" = a."id") AS looked
     WHERE "isHit" OR "isLast" ORDER BY "at" DESC, "id" DESC LIMIT ${limit}`;
  return { found: rows.filter(({ isHit }) => isHit), last: rows.find(({ isLast }) => isLast) ?? null };
}

async function whole(db: Database, places: readonly Place[]): Promise<StoredEvent[]> {
  return db.event.findMany({ where: { id: { in: places.map(({ id }) => id) } }, orderBy: [{ at: 'desc' }, { id: 'desc' }] });
}

/** With a text a page may have fewer than asked, and others after it all the same. */
export async function readEvents(db: Database, asked: EventsAsked, sees: (clusterId: string | null) => boolean): Promise<EventsPage> {
  const { filter: { text }, before, limit } = asked;
  const from = before === undefined ? null : await db.event.findUnique({ where: { id: BigInt(before) }, select: { id: true, at: true } });
  // Those before one that is kept no more are not kept either.
  if (before !== undefined && from === null) return { events: [], next: null };
  const { found, last } = text === undefined
    ? { found: await db.$queryRaw<Place[]>(newest(asked, from, limit + 1)), last: null }
    : await withText(db, text, newest(asked, from, LOOKED_THROUGH), limit + 1);
  const shown = found.slice(0, limit);
  const next = found.length > limit ? shown.at(-1) : last;
  return { events: (await whole(db, shown)).map((row) => eventOf(row, sees)), next: next === null || next === undefined ? null : String(next.id) };
}

function eventOf(row: StoredEvent, sees: (clusterId: string | null) => boolean): PanelEvent {
  const { id, at, heardAt, kind, code, tone, params, person, evidence, link, clusterId, clusterName, serviceId, serviceName, realServerId, realServerName, directorId, directorName } = row;
  return {
    id: String(id), atMs: at.getTime(), heardAtMs: heardAt.getTime(), kind: EventKind.parse(kind), code, tone: EventTone.parse(tone),
    object: { clusterId, clusterName, serviceId, serviceName, realServerId, realServerName, directorId, directorName },
    params: EventParams.parse(params), person, link, evidence: evidenceOf(row.kind, evidence, sees(clusterId)),
  };
}

/** What was sent by checks is for those who operate the cluster. */
function evidenceOf(kind: string, evidence: unknown, seesSent: boolean): unknown {
  if (kind !== 'health' || evidence === null || seesSent) return evidence;
  const lastTry = Try.safeParse(evidence).data;
  return lastTry === undefined ? null : withoutSent(lastTry);
}
