// Alerts and their deliveries as the pages see them.
import { AlertRuleKind } from '@weir/model';
import { ChannelAnswer } from '../../alerts/alert.ts';
import type { Alert, AlertDelivery, AlertsInput, AlertsPage } from '../../alerts/alert.ts';
import type { z } from 'zod';
import { EventParams } from '../../events/event.ts';
import type { Database } from '../db/database.ts';
import type { Alert as AlertRow, AlertMessage, AlertMessageItem, Prisma } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';
import { objectOf } from './open-row.ts';

/** All that are current are shown; of more than so many the newest. */
const CURRENT_MAX = 2_000;
/** About one alert. */
const DELIVERIES_MAX = 200;

type WithMessages = AlertRow & { readonly messages: readonly (Pick<AlertMessageItem, 'says'> & { readonly message: Pick<AlertMessage, 'id' | 'state'> })[] };

const withMessages = { messages: { select: { says: true, message: { select: { id: true, state: true } } } } } satisfies Prisma.AlertInclude;

function alertOf(row: WithMessages, isUnknown: (id: string) => boolean): Alert {
  const { id, rule, params, link, since, firedAt, endedAt, acknowledgedAt, acknowledgedBy, note } = row;
  const states = [...new Map(row.messages.map(({ message }) => [message.id, message.state])).values()];
  const count = (state: string): number => states.filter((one) => one === state).length;
  return {
    id, rule: AlertRuleKind.parse(rule), state: endedAt !== null ? 'ended' : firedAt === null ? 'pending' : 'firing', object: objectOf(row), params: EventParams.parse(params), link,
    sinceMs: since.getTime(), firedAtMs: firedAt?.getTime() ?? null, endedAtMs: endedAt?.getTime() ?? null, unknown: isUnknown(id),
    acknowledged: acknowledgedAt === null ? null : { person: acknowledgedBy ?? '', note: note ?? '', atMs: acknowledgedAt.getTime() },
    deliveries: { sent: count('sent'), waiting: count('waiting'), givenUp: count('givenUp') },
  };
}

export async function listAlerts(db: Database, { which, clusterId, before, limit }: z.infer<typeof AlertsInput>, isUnknown: (id: string) => boolean): Promise<AlertsPage> {
  const ofCluster = clusterId === undefined ? {} : { clusterId };
  if (which === 'current') {
    const rows = await db.alert.findMany({ where: { endedAt: null, ...ofCluster }, include: withMessages, orderBy: [{ since: 'desc' }, { id: 'desc' }], take: CURRENT_MAX });
    return { alerts: rows.map((row) => alertOf(row, isUnknown)), next: null };
  }
  const from = before === undefined ? null : await db.alert.findUnique({ where: { id: before }, select: { id: true, endedAt: true } });
  if (before !== undefined && (from === null || from.endedAt === null)) return { alerts: [], next: null };
  const older: Prisma.AlertWhereInput = from === null || from.endedAt === null ? {} : { OR: [{ endedAt: { lt: from.endedAt } }, { endedAt: from.endedAt, id: { lt: from.id } }] };
  const rows = await db.alert.findMany({
    where: { AND: [{ endedAt: { not: null } }, ofCluster, older] }, include: withMessages, orderBy: [{ endedAt: 'desc' }, { id: 'desc' }], take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  return { alerts: shown.map((row) => alertOf(row, isUnknown)), next: rows.length > limit ? shown.at(-1)?.id ?? null : null };
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
