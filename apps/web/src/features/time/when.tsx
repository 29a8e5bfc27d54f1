'use client';
// Moments in words: absolute for what is done, absolute and counting for what was last seen.
import { ageText, clockText } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { useNow } from './now.ts';

/** "22 Nov 2026, 14:02:11", with its zone on hover. */
export function When({ at }: { at: Date | number }) {
  const locale = useLocale();
  const date = new Date(at);
  const text = date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
  const full = date.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' });
  return <time dateTime={date.toISOString()} title={full}>{text}</time>;
}

/** "14:02:11 · 2 m ago", counting. */
export function useSince(): (atMs: number) => string {
  const locale = useLocale();
  const t = useTranslations('time');
  const now = useNow();
  return (atMs) => t('clockAndAge', { clock: clockText(atMs, locale), age: ageText(atMs, now ?? atMs, locale) });
}

export function Since({ atMs }: { atMs: number }) {
  const since = useSince();
  return <time dateTime={new Date(atMs).toISOString()}>{since(atMs)}</time>;
}
