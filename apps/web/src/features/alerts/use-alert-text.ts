'use client';
// What an alert says, and what a channel answered, in the reader's words.
import { durationText } from '@weir/ui';
import { useCallback } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Alert, ChannelAnswer } from '../../alerts/alert.ts';
import { argumentsFor } from '../events/use-event-text.ts';

export type AlertWords = Pick<Alert, 'rule' | 'params'>;

export function useAlertText(): (alert: AlertWords) => string {
  const t = useTranslations('alerts.sentences');
  const locale = useLocale();
  return useCallback(({ rule, params }) => t(rule, argumentsFor(String(t.raw(rule)), timesIn(params, locale))), [t, locale]);
}

/** What is a moment by its name is said as one: of `endsAtMs` also `endsAt`. */
function timesIn(params: Alert['params'], locale: string): Alert['params'] {
  const moments = Object.entries(params).flatMap(([name, value]) => (name.endsWith('AtMs') && typeof value === 'number'
    ? [[name.slice(0, -2), new Date(value).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' })] as const] : []));
  return { ...params, ...Object.fromEntries(moments) };
}

/** "Answered with status 500. 35 ms" */
export function useAnswerText(): (answer: Pick<ChannelAnswer, 'code' | 'status' | 'tookMs'>) => string {
  const t = useTranslations('alerts.answers');
  const locale = useLocale();
  return useCallback(({ code, status, tookMs }) => `${t(code, argumentsFor(String(t.raw(code)), { status }))} ${durationText(tookMs, locale)}`, [t, locale]);
}
