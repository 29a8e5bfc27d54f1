'use client';
// What a rule does, as a sentence.
import type { QuietHours } from '@weir/model';
import { durationText } from '@weir/ui';
import { useCallback } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { AlertRule } from '../../../alerts/alert.ts';
import type { Names } from './use-names.ts';

export const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;
export type Weekday = (typeof weekdays)[number];

/** "Mon, Tue 22:00–07:00 Europe/Berlin" */
export function useQuietText(): (quiet: QuietHours) => string {
  const t = useTranslations('alertRules');
  return useCallback(({ days, from, to, timeZone }) => {
    const named = weekdays.filter((day) => days.includes(Number(day))).map((day) => t(`days.${day}`)).join(', ');
    return t('quietText', { days: named, from, to, timeZone });
  }, [t]);
}

/** What will be once it is saved. */
export function useRuleEffect(names: Names): (rule: AlertRule) => string {
  const t = useTranslations('alertRules');
  const locale = useLocale();
  const quietText = useQuietText();
  return ({ on, forSeconds, groupSeconds, channelIds, quietHours }) => {
    if (!on) return t('effectOff');
    const channels = names.channels(channelIds);
    const alone = groupSeconds === 0 ? t('effectSentAlone', { channels }) : t('effectSent', { channels, span: durationText(groupSeconds * 1_000, locale) });
    const sent = channelIds.length === 0 ? t('effectPage') : alone;
    return [
      forSeconds === 0 ? t('effectAtOnce') : t('effectAfter', { span: durationText(forSeconds * 1_000, locale) }), sent,
      quietHours !== null && channelIds.length > 0 && t('effectQuiet', { hours: quietText(quietHours) }),
    ].filter((part) => part !== false).join(' ');
  };
}
