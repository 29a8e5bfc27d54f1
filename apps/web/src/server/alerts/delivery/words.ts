// What messages say, in the language of their channel: the sentences of the alerts' page.
import { createTranslator } from 'use-intl/core';
import type { ChannelLocale } from '../../../alerts/alert.ts';
import { messagesOf } from '../../../i18n/messages.ts';
import type { OpenRow } from '../open-row.ts';
import type { z } from 'zod';

export type Locale = z.infer<typeof ChannelLocale>;

function translator(locale: Locale) {
  return createTranslator({ locale, messages: messagesOf(locale), namespace: 'alerts', timeZone: 'UTC' });
}

const unknown = '—';

/** Every argument of any sentence, so that none is missing. */
const blank = { realServer: unknown, service: unknown, director: unknown, usable: unknown, needed: unknown, state: unknown, count: 0, revision: unknown, endsAt: unknown, targets: 0, worstMs: 0 };

export function sentenceOf(locale: Locale, { rule, params }: Pick<OpenRow, 'rule' | 'params'>): string {
  const known = Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === null ? [] : [[name, typeof value === 'boolean' ? String(value) : value]])));
  const endsAt = typeof params['endsAtMs'] === 'number' ? { endsAt: momentText(params['endsAtMs']) } : {};
  return translator(locale)(`sentences.${rule}`, { ...blank, ...known, ...endsAt });
}

export function momentText(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export interface Subject {
  readonly count: number;
  /** Null: of no cluster alone. */
  readonly cluster: string | null;
  readonly first: string;
}

export function subjectOf(locale: Locale, { count, cluster, first }: Subject): string {
  return translator(locale)('message.subject', { count, cluster: cluster === null ? 'none' : 'one', name: cluster ?? '', first });
}

export function firedText(locale: Locale, sinceMs: number): string {
  return translator(locale)('message.fired', { since: momentText(sinceMs) });
}

export function endedText(locale: Locale, endedAtMs: number, sentence: string): string {
  return translator(locale)('message.ended', { endedAt: momentText(endedAtMs), sentence });
}

export function footerText(locale: Locale, id: string): string {
  return translator(locale)('message.footer', { id });
}

export function testTexts(locale: Locale, channel: string): { readonly subject: string; readonly text: string } {
  const t = translator(locale);
  return { subject: t('message.testSubject'), text: t('message.test', { channel }) };
}
