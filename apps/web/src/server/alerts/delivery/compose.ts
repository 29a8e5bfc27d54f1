// Turns what a message tells of into what is sent: once, at its first try, and the same in every other.
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import type { AlertChannel, AlertMessage } from '../../db/generated/client.ts';
import { ChannelLocale, rulesWorstFirst } from '../../../alerts/alert.ts';
import { objectOf, openRowOf } from '../open-row.ts';
import { lastTries } from './last-tries.ts';
import { wordsIn } from './words.ts';
import type { Entry } from './words.ts';

/** Of one message; how many more there are is said. */
const ALERTS_MAX = 100;

/** What is kept of a message: a mail's subject and text, or the body of a web hook with its bytes as they are signed. */
export const Composed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), subject: z.string(), text: z.string() }),
  z.object({ kind: z.literal('webHook'), json: z.string() }),
]);
export type Composed = z.infer<typeof Composed>;

export interface ComposeParts {
  readonly tx: Tx;
  /** Of the panel, for links; null: not known. */
  readonly origin: string | null;
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

function webHookBody(message: AlertMessage, entries: readonly Entry[], texts: { readonly subject: string; readonly text: string }, left: number): string {
  const { id, channelName, clusterId, clusterName } = message;
  return JSON.stringify({
    version: 1, delivery: id, channel: channelName, cluster: clusterId === null ? null : { id: clusterId, name: clusterName }, ...texts,
    alerts: entries.map(({ alert, sentence, evidence, todo, url }) => ({
      id: alert.id, rule: alert.rule, state: alert.endedAt === null ? 'firing' : 'ended', watched: !alert.unwatched, sentence, evidence, todo, object: objectOf(alert), params: alert.params,
      since: iso(alert.since), firedAt: iso(alert.firedAt), endedAt: iso(alert.endedAt), acknowledged: alert.acknowledgedBy === null ? null : { person: alert.acknowledgedBy, note: alert.note, at: iso(alert.acknowledgedAt) }, url,
    })),
    left,
  });
}

interface ToTell {
  readonly id: string;
  /** Of all, also those that there is no room for. */
  readonly firing: number;
  readonly unwatched: number;
  readonly all: number;
}

/** What fires before what is over, then what is not watched any more, and the worst first. What fired in quiet hours and is over by their end is not told at all. */
async function toTell(tx: Tx, { id, wasQuiet }: AlertMessage): Promise<ToTell[]> {
  return tx.$queryRaw<ToTell[]>`
    SELECT a."id", count(*) FILTER (WHERE a."endedAt" IS NULL) OVER ()::int AS "firing", count(*) FILTER (WHERE a."unwatched") OVER ()::int AS "unwatched", count(*) OVER ()::int AS "all"
      FROM (SELECT "alertId", bool_or("says" = 'ended') AS "saysEnded" FROM "AlertMessageItem" WHERE "messageId" = ${id} GROUP BY "alertId") AS item JOIN "Alert" AS a ON a."id" = item."alertId"
     WHERE NOT (${wasQuiet} AND a."endedAt" IS NOT NULL AND NOT item."saysEnded")
     ORDER BY a."endedAt" IS NOT NULL, a."unwatched", array_position(${rulesWorstFirst}::text[], a."rule"), a."since", a."serviceName", a."realServerName", a."id" LIMIT ${ALERTS_MAX}`;
}

/** Null: nothing is left to say. */
export async function compose({ tx, origin }: ComposeParts, message: AlertMessage, channel: AlertChannel): Promise<Composed | null> {
  const told = await toTell(tx, message);
  const alerts = new Map((await tx.alert.findMany({ where: { id: { in: told.map(({ id }) => id) } } })).map((alert) => [alert.id, alert]));
  const evidence = await lastTries(tx, [...alerts.values()]);
  const words = wordsIn(ChannelLocale.parse(channel.locale));
  const urlOf = (link: string | null): string | null => (origin === null || link === null ? null : new URL(link, origin).href);
  const entries = told.flatMap(({ id }) => [alerts.get(id) ?? []].flat()).map((alert): Entry => ({
    alert, sentence: words.sentence(openRowOf(alert)), evidence: words.evidence(evidence.get(alert.id)), todo: words.todo(alert), url: urlOf(alert.link),
  }));
  const [first] = entries;
  const [{ firing, unwatched, all } = { firing: 0, unwatched: 0, all: 0 }] = told;
  if (first === undefined) return null;
  const left = all - entries.length;
  const subject = words.subject({ firing, unwatched, over: all - firing - unwatched, cluster: message.clusterName, first: first.sentence });
  const text = [...entries.map((entry) => words.entry(entry)), ...(left > 0 ? [words.left(left)] : []), ...(origin === null ? [] : [words.page(urlOf('/alerts') ?? '')])].join('\n\n');
  if (channel.url !== null) return { kind: 'webHook', json: webHookBody(message, entries, { subject, text }, left) };
  return { kind: 'email', subject, text: `${text}\n\n-- \n${words.footer(message.id)}\n` };
}

/** For a person who tries a channel. */
export function testMessage(channel: AlertChannel, deliveryId: string): Composed {
  const { subject, text } = wordsIn(ChannelLocale.parse(channel.locale)).test(channel.name);
  if (channel.url === null) return { kind: 'email', subject, text };
  return { kind: 'webHook', json: JSON.stringify({ version: 1, delivery: deliveryId, channel: channel.name, cluster: null, test: true, subject, text, alerts: [], left: 0 }) };
}
