'use client';
// When it happened: the time of day, with the date on another day, and how long ago.
import { ageText, clockText, durationText } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { useNow } from '../time/now.ts';

// Below this it was heard as it happened.
const lateMs = 10_000;

export function EventTime({ atMs, heardAtMs }: { atMs: number; heardAtMs: number }) {
  const t = useTranslations('eventList');
  const time = useTranslations('time');
  const locale = useLocale();
  const now = useNow() ?? heardAtMs;
  const date = new Date(atMs);
  const today = date.toDateString() === new Date(now).toDateString();
  const clock = today ? clockText(atMs, locale) : date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
  const full = date.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' });
  return (
    <span className="inline-flex flex-col">
      <time dateTime={date.toISOString()} title={full}>{time('clockAndAge', { clock, age: ageText(atMs, now, locale) })}</time>
      {heardAtMs - atMs >= lateMs && <span className="text-sm text-muted">{t('heardLater', { span: durationText(heardAtMs - atMs, locale) })}</span>}
    </span>
  );
}
