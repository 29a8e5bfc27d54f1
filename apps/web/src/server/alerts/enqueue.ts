// Writes what is to be sent about alerts, in the transaction in which they fire or end: one message for each channel and cluster, joined while it gathers.
import { isDeepStrictEqual } from 'node:util';
import { nanoid } from 'nanoid';
import type { AlertRule } from '../../alerts/alert.ts';
import type { Tx } from '../db/database.ts';
import { Prisma } from '../db/generated/client.ts';
import type { AlertMessage } from '../db/generated/client.ts';
import type { OpenRow } from './open-row.ts';
import type { RuleSet } from './rules.ts';

interface ToSay {
  readonly alert: OpenRow;
  readonly rule: AlertRule;
  readonly channelId: string;
  readonly says: 'fired' | 'ended';
}

interface Item {
  readonly messageId: string;
  readonly alertId: string;
  readonly says: ToSay['says'];
}

/** Takes hold of a message that gathers still; false: it has gone out meanwhile, and nothing is added to it. */
async function holds(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.alertMessage.updateMany({ where: { id, state: 'waiting', firstTryAt: null }, data: { firstTryAt: null } });
  return count > 0;
}

function fits(message: AlertMessage, { alert, rule, channelId }: ToSay): boolean {
  return message.channelId === channelId && message.clusterId === alert.object.clusterId && isDeepStrictEqual(message.quietHours, rule.quietHours);
}

interface ToldWhere {
  readonly messageId: string;
  readonly alertId: string;
  readonly channelId: string;
  /** It has not gone out yet. */
  readonly gathers: boolean;
}

/** To where it was told that they fired, and is not about to be told as it is now. */
async function toldOf(tx: Tx, alerts: readonly OpenRow[]): Promise<ToldWhere[]> {
  const told = await tx.$queryRaw<ToldWhere[]>`
    SELECT m."id" AS "messageId", i."alertId", m."channelId", m."state" = 'waiting' AND m."firstTryAt" IS NULL AS "gathers"
      FROM "AlertMessageItem" AS i JOIN "AlertMessage" AS m ON m."id" = i."messageId"
     WHERE i."says" = 'fired' AND i."alertId" = ANY(${alerts.map(({ id }) => id)}) AND m."state" IN ('waiting', 'sent')`;
  const held = new Set<string>();
  for (const id of new Set(told.filter(({ gathers }) => gathers).map(({ messageId }) => messageId))) if (await holds(tx, id)) held.add(id);
  return told.filter(({ messageId }) => !held.has(messageId));
}

async function endsToSay(tx: Tx, rules: RuleSet, ended: readonly OpenRow[]): Promise<ToSay[]> {
  const byId = new Map(ended.map((alert) => [alert.id, alert]));
  return (await toldOf(tx, ended)).flatMap(({ alertId, channelId }) => {
    const alert = byId.get(alertId);
    const rule = alert === undefined ? null : rules.get(alert.rule);
    return alert === undefined || rule === null ? [] : [{ alert, rule, channelId, says: 'ended' as const }];
  });
}

export async function enqueue(tx: Tx, rules: RuleSet, { fired, ended }: { readonly fired: readonly OpenRow[]; readonly ended: readonly OpenRow[] }, nowMs: number): Promise<void> {
  const toSay: ToSay[] = fired.flatMap((alert) => {
    const rule = rules.get(alert.rule);
    return rule === null ? [] : rule.channelIds.map((channelId) => ({ alert, rule, channelId, says: 'fired' as const }));
  });
  if (ended.length > 0) toSay.push(...await endsToSay(tx, rules, ended));
  if (toSay.length === 0) return;
  const channels = new Map((await tx.alertChannel.findMany()).map((channel) => [channel.id, channel]));
  const gathering = await tx.alertMessage.findMany({ where: { state: 'waiting', firstTryAt: null } });
  const held = new Set<string>();
  const items: Item[] = [];
  for (const one of toSay) {
    const channel = channels.get(one.channelId);
    if (channel === undefined) continue;
    let message = gathering.find((known) => fits(known, one));
    if (message !== undefined && !held.has(message.id) && !await holds(tx, message.id)) {
      gathering.splice(gathering.indexOf(message), 1);
      message = undefined;
    }
    if (message === undefined) {
      const { clusterId, clusterName } = one.alert.object;
      message = await tx.alertMessage.create({
        data: {
          id: nanoid(), channelId: channel.id, channelName: channel.name, channelKind: channel.url === null ? 'email' : 'webHook', clusterId, clusterName,
          quietHours: one.rule.quietHours ?? Prisma.DbNull, state: 'waiting', madeAt: new Date(nowMs), nextTryAt: new Date(nowMs + one.rule.groupSeconds * 1_000),
        },
      });
      gathering.push(message);
    }
    held.add(message.id);
    items.push({ messageId: message.id, alertId: one.alert.id, says: one.says });
  }
  await tx.$executeRaw`
    INSERT INTO "AlertMessageItem" ("messageId", "alertId", "says")
    SELECT * FROM unnest(${items.map(({ messageId }) => messageId)}::text[], ${items.map(({ alertId }) => alertId)}::text[], ${items.map(({ says }) => says)}::text[]) ON CONFLICT DO NOTHING`;
}
