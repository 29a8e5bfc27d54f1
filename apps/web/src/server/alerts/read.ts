// Alerts and their deliveries as the pages see them.
import { AlertRuleKind } from '@weir/model';
import { ChannelAnswer, currentAlertsMax, rulesWorstFirst } from '../../alerts/alert.ts';
import type { Alert, AlertDelivery, AlertsInput, AlertsPage } from '../../alerts/alert.ts';
import type { z } from 'zod';
import { EventParams } from '../../events/event.ts';
import type { Database } from '../db/database.ts';
import { Prisma } from '../db/generated/client.ts';
import type { Alert as AlertRow, AlertMessage, AlertMessageItem } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';
import { objectOf } from './open-row.ts';

/** About one alert. */
const DELIVERIES_MAX = 200;

/** Of an open alert. */
export interface SeenNow {
  /** Nobody can say now if it holds. */
  readonly isUnknown: boolean;
  /** With its figures as they are now; null: as they were written. */
  readonly params: EventParams | null;
}

type SeenNowOf = (alertId: string) => SeenNow;

type WithMessages = AlertRow & { readonly messages: readonly (Pick<AlertMessageItem, 'says'> & { readonly message: Pick<AlertMessage, 'id' | 'state' | 'tries'> })[] };

const withMessages = { messages: { select: { says: true, message: { select: { id: true, state: true, tries: true } } } } } satisfies Prisma.AlertInclude;

function alertOf(row: WithMessages, seenNow: SeenNowOf): Alert {
  const { id, rule, link, since, firedAt, endedAt, unwatched, acknowledgedAt, acknowledgedBy, note } = row;
  const { isUnknown, params } = endedAt === null ? seenNow(id) : { isUnknown: false, params: null };
  const states = [...new Map(row.messages.map(({ message: { id: messageId, state, tries } }) => [messageId, state === 'waiting' && tries > 0 ? 'retrying' : state])).values()];
  const count = (state: string): number => states.filter((one) => one === state).length;
  return {
    id, rule: AlertRuleKind.parse(rule), state: endedAt !== null ? 'ended' : firedAt === null ? 'pending' : 'firing', object: objectOf(row), params: params ?? EventParams.parse(row.params), link,
    sinceMs: since.getTime(), firedAtMs: firedAt?.getTime() ?? null, endedAtMs: endedAt?.getTime() ?? null, unwatched, unknown: isUnknown,
    acknowledged: acknowledgedAt === null ? null : { person: acknowledgedBy ?? '', note: note ?? '', atMs: acknowledgedAt.getTime() },
    deliveries: { sent: count('sent'), waiting: count('waiting'), retrying: count('retrying'), givenUp: count('givenUp') },
  };
}

async function listCurrent(db: Database, clusterId: string | undefined, seenNow: SeenNowOf): Promise<AlertsPage> {
  const found = await db.$queryRaw<{ id: string; total: number }[]>`
    SELECT "id", count(*) OVER ()::int AS "total" FROM "Alert" WHERE "endedAt" IS NULL ${clusterId === undefined ? Prisma.empty : Prisma.sql`AND "clusterId" = ${clusterId}`}
     ORDER BY "firedAt" IS NULL, "acknowledgedAt" IS NOT NULL, array_position(${rulesWorstFirst}::text[], "rule"), "since" DESC, "id" LIMIT ${currentAlertsMax}`;
  const rows = new Map((await db.alert.findMany({ where: { id: { in: found.map(({ id }) => id) } }, include: withMessages })).map((row) => [row.id, row]));
  const alerts = found.flatMap(({ id }) => [rows.get(id) ?? []].flat()).map((row) => alertOf(row, seenNow));
  return { alerts, total: found[0]?.total ?? 0, next: null };
}

export async function listAlerts(db: Database, { which, clusterId, before, limit }: z.infer<typeof AlertsInput>, seenNow: SeenNowOf): Promise<AlertsPage> {
  if (which === 'current') return listCurrent(db, clusterId, seenNow);
  const ofCluster = clusterId === undefined ? {} : { clusterId };
  const from = before === undefined ? null : await db.alert.findUnique({ where: { id: before }, select: { id: true, endedAt: true } });
  if (before !== undefined && (from === null || from.endedAt === null)) return { alerts: [], total: 0, next: null };
  const older: Prisma.AlertWhereInput = from === null || from.endedAt === null ? {} : { OR: [{ endedAt: { lt: from.endedAt } }, { endedAt: from.endedAt, id: { lt: from.id } }] };
  const rows = await db.alert.findMany({
    where: { AND: [{ endedAt: { not: null } }, ofCluster, older] }, include: withMessages, orderBy: [{ endedAt: 'desc' }, { id: 'desc' }], take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  return { alerts: shown.map((row) => alertOf(row, seenNow)), total: shown.length, next: rows.length > limit ? shown.at(-1)?.id ?? null : null };
}

/** How many call for somebody: they fire, and nobody has taken them on. */
export function countCalling(db: Database): Promise<number> {
  return db.alert.count({ where: { endedAt: null, firedAt: { not: null }, acknowledgedAt: null } });
}

type MessageWithItems = AlertMessage & { readonly items: readonly Pick<AlertMessageItem, 'alertId' | 'says'>[] };

const says = ['fired', 'ended'] as const;

function stateOf({ state, tries, wasQuiet }: AlertMessage): AlertDelivery['state'] {
  if (state === 'sent' || state === 'givenUp' || state === 'dropped') return state;
  return tries > 0 ? 'retrying' : wasQuiet ? 'quiet' : 'gathering';
}

function deliveryOf(message: MessageWithItems, alertId: string): AlertDelivery {
  const { id, channelId, channelName, channelKind, tries, nextTryAt, lastAnswer, items } = message;
  return {
    id, channelId, channelName, channelKind: channelKind === 'email' ? 'email' : 'webHook', state: stateOf(message), tries,
    says: says.filter((one) => items.some((item) => item.alertId === alertId && item.says === one)), alerts: new Set(items.map((item) => item.alertId)).size,
    lastAnswer: ChannelAnswer.safeParse(lastAnswer).data ?? null, nextTryAtMs: nextTryAt?.getTime() ?? null,
  };
}

/** Newest first. */
export async function listDeliveries(db: Database, alertId: string): Promise<AlertDelivery[]> {
  if (await db.alert.findUnique({ where: { id: alertId }, select: { id: true } }) === null) throw new PanelError('noSuchAlert');
  const messages = await db.alertMessage.findMany({
    where: { items: { some: { alertId } } }, include: { items: { select: { alertId: true, says: true } } }, orderBy: [{ madeAt: 'desc' }, { id: 'desc' }], take: DELIVERIES_MAX,
  });
  return messages.map((message) => deliveryOf(message, alertId));
}
