// What messages say, in the language of their channel: the sentences of the alerts' page, and what whoever is woken by them wants to know besides.
import { createTranslator } from 'use-intl/core';
import type { ChannelLocale } from '../../../alerts/alert.ts';
import { messagesOf } from '../../../i18n/messages.ts';
import type { Alert } from '../../db/generated/client.ts';
import type { OpenRow } from '../open-row.ts';
import type { LastTry } from './last-tries.ts';
import type { z } from 'zod';

/** One alert of a message. */
export interface Entry {
  readonly alert: Alert;
  readonly sentence: string;
  /** What was seen; null: the sentence says it all, or nothing more is known. */
  readonly evidence: string | null;
  /** What may be done about it; null: it is over. */
  readonly todo: string | null;
  /** Null: the panel does not know where people reach it. */
  readonly url: string | null;
}

export interface Subject {
  readonly firing: number;
  readonly over: number;
  /** Ended, whether or not they are over. */
  readonly unwatched: number;
  /** Null: of no cluster alone. */
  readonly cluster: string | null;
  readonly first: string;
}

export interface Words {
  readonly sentence: (alert: Pick<OpenRow, 'rule' | 'params'>) => string;
  readonly evidence: (seen: LastTry | undefined) => string | null;
  readonly todo: (alert: Alert) => string | null;
  readonly entry: (entry: Entry) => string;
  readonly subject: (subject: Subject) => string;
  readonly left: (count: number) => string;
  readonly page: (url: string) => string;
  readonly footer: (id: string) => string;
  readonly test: (channel: string) => { readonly subject: string; readonly text: string };
}

const unknown = '—';

/** Every argument of any sentence, so that none is missing. */
const blank = { realServer: unknown, service: unknown, director: unknown, usable: unknown, needed: unknown, state: unknown, count: 0, revision: unknown, endsAt: unknown, targets: 0, worstMs: 0 };
const ofRules = { rise: 0, fall: 0, changes: 0, withinSeconds: 0, holdSeconds: 0, silent: 0, good: 0, percent: 0, weight: 0, as: 'up' };

export function wordsIn(locale: z.infer<typeof ChannelLocale>): Words {
  const messages = messagesOf(locale);
  const t = createTranslator({ locale, messages, namespace: 'alerts', timeZone: 'UTC' });
  const health = createTranslator({ locale, messages, namespace: 'health', timeZone: 'UTC' });
  const tried = ({ rule, failure }: LastTry): string => [rule === null ? null : health(`rules.${rule.code}`, { ...ofRules, ...rule.params }), failure === null ? null : health(`failures.${failure}`)].filter((part) => part !== null).join(' ');
  return {
    sentence: ({ rule, params }) => {
      const known = Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === null ? [] : [[name, typeof value === 'boolean' ? String(value) : value]])));
      const endsAt = typeof params['endsAtMs'] === 'number' ? { endsAt: momentText(new Date(params['endsAtMs'])) } : {};
      return t(`sentences.${rule}`, { ...blank, ...known, ...endsAt });
    },
    evidence: (seen) => (seen === undefined ? null : t('message.seen', { director: seen.director, at: momentText(new Date(seen.atMs)), tried: tried(seen) })),
    todo: ({ rule, endedAt }) => (endedAt === null ? t(`todo.${rule as OpenRow['rule']}`) : null),
    entry: ({ alert: { clusterName, since, firedAt, endedAt, unwatched, acknowledgedBy, note }, sentence, evidence, todo, url }) => [
      endedAt === null ? sentence : t(unwatched ? 'message.unwatched' : 'message.ended', { endedAt: momentText(endedAt), sentence }),
      clusterName === null ? null : t('message.cluster', { cluster: clusterName }),
      firedAt === null ? null : t('message.since', { since: momentText(since), fired: momentText(firedAt) }),
      acknowledgedBy === null ? null : t('message.acknowledged', { person: acknowledgedBy, note: note ?? '' }).trim(), endedAt === null ? evidence : null, todo === null ? null : t('message.todo', { todo }), url,
    ].filter((line) => line !== null).join('\n'),
    subject: ({ firing, over, unwatched, cluster, first }) => t('message.subject', {
      which: firing > 0 ? (over + unwatched === 0 ? 'firing' : 'both') : over > 0 ? 'ended' : 'unwatched', cluster: cluster === null ? 'none' : 'one', name: cluster ?? '', first, more: firing + over + unwatched - 1,
    }),
    left: (count) => t('message.left', { count }),
    page: (url) => t('message.page', { url }),
    footer: (id) => t('message.footer', { id }),
    test: (channel) => ({ subject: t('message.testSubject'), text: t('message.test', { channel }) }),
  };
}

function momentText(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
