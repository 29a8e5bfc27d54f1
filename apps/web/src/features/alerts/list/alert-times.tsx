'use client';
// Since when it holds, and when it fired or ended.
import { ageText, clockText } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import type { Alert } from '../../../alerts/alert.ts';
import { EventTime } from '../../events/event-time.tsx';
import { useNow } from '../../time/now.ts';

export function AlertTimes({ alert: { sinceMs, firedAtMs, endedAtMs, state } }: { alert: Alert }) {
  const t = useTranslations('alertPage');
  const locale = useLocale();
  const now = useNow();
  return (
    <span className="inline-flex flex-col">
      <EventTime atMs={sinceMs} heardAtMs={sinceMs} />
      {state === 'firing' && firedAtMs !== null && <span className="text-sm text-muted">{t('firedAt', { clock: clockText(firedAtMs, locale) })}</span>}
      {endedAtMs !== null && <span className="text-sm text-muted">{t('lasted', { span: ageText(sinceMs, endedAtMs, locale) })}</span>}
      {state === 'pending' && now !== null && <span className="text-sm text-muted">{t('notYet')}</span>}
    </span>
  );
}
