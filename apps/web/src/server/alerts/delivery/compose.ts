// Turns what a message tells of into what is sent: once, at its first try, and the same in every other.
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import type { Alert, AlertChannel, AlertMessage } from '../../db/generated/client.ts';
import { ChannelLocale } from '../../../alerts/alert.ts';
import { objectOf, openRowOf } from '../open-row.ts';
import { endedText, firedText, footerText, sentenceOf, subjectOf, testTexts } from './words.ts';
import type { Locale } from './words.ts';

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

interface Entry {
  readonly alert: Alert;
  readonly sentence: string;
  readonly url: string | null;
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

function entryText(locale: Locale, { alert, sentence, url }: Entry): string {
  const lines = alert.endedAt === null ? [sentence, firedText(locale, alert.since.getTime())] : [endedText(locale, alert.endedAt.getTime(), sentence)];
  return [...lines, ...(url === null ? [] : [url])].join('\n');
}

function webHookBody(message: AlertMessage, entries: readonly Entry[], texts: { readonly subject: string; readonly text: string }, left: number): string {
  const { id, channelName, clusterId, clusterName } = message;
  return JSON.stringify({
    version: 1, delivery: id, channel: channelName, cluster: clusterId === null ? null : { id: clusterId, name: clusterName }, ...texts,
    alerts: entries.map(({ alert, sentence, url }) => ({
      id: alert.id, rule: alert.rule, state: alert.endedAt === null ? 'firing' : 'ended', sentence, object: objectOf(alert), params: alert.params,
      since: iso(alert.since), firedAt: iso(alert.firedAt), endedAt: iso(alert.endedAt), url,
    })),
    left,
  });
}

/** Null: nothing is left to say. What fired in quiet hours and is over by their end is not told at all. */
export async function compose({ tx, origin }: ComposeParts, message: AlertMessage, channel: AlertChannel): Promise<Composed | null> {
  const items = await tx.alertMessageItem.findMany({ where: { messageId: message.id }, include: { alert: true }, orderBy: { alertId: 'asc' } });
  const told = new Set(items.filter(({ says }) => says === 'ended').map(({ alertId }) => alertId));
  const alerts = [...new Map(items.map(({ alert }) => [alert.id, alert])).values()]
    .filter(({ id, endedAt }) => !(message.wasQuiet && endedAt !== null && !told.has(id)))
    .toSorted((a, b) => (a.endedAt === null ? 0 : 1) - (b.endedAt === null ? 0 : 1) || a.since.getTime() - b.since.getTime());
  const locale = ChannelLocale.parse(channel.locale);
  const entries = alerts.slice(0, ALERTS_MAX).map((alert) => ({
    alert, sentence: sentenceOf(locale, openRowOf(alert)), url: origin === null || alert.link === null ? null : new URL(alert.link, origin).href,
  }));
  const [first] = entries;
  if (first === undefined) return null;
  const left = alerts.length - entries.length;
  const firstText = first.alert.endedAt === null ? first.sentence : endedText(locale, first.alert.endedAt.getTime(), first.sentence);
  const subject = subjectOf(locale, { count: alerts.length, cluster: message.clusterName, first: firstText });
  const text = [...entries.map((entry) => entryText(locale, entry)), ...(left > 0 ? [`+ ${left}`] : [])].join('\n\n');
  if (channel.url !== null) return { kind: 'webHook', json: webHookBody(message, entries, { subject, text }, left) };
  return { kind: 'email', subject, text: `${text}\n\n-- \n${footerText(locale, message.id)}\n` };
}

/** For a person who tries a channel. */
export function testMessage(channel: AlertChannel, deliveryId: string): Composed {
  const { subject, text } = testTexts(ChannelLocale.parse(channel.locale), channel.name);
  if (channel.url === null) return { kind: 'email', subject, text };
  return { kind: 'webHook', json: JSON.stringify({ version: 1, delivery: deliveryId, channel: channel.name, cluster: null, test: true, subject, text, alerts: [], left: 0 }) };
}
