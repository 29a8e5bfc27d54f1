'use client';
// How an alert stands: a shape and a word.
import { StatusGlyph, type Status } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { Alert } from '../../../alerts/alert.ts';
import { weightOf } from '../order.ts';

const firing: Record<ReturnType<typeof weightOf>, Status> = { bad: 'down', warn: 'degraded' };

export function AlertMark({ alert }: { alert: Pick<Alert, 'rule' | 'state' | 'unwatched' | 'unknown'> }) {
  const t = useTranslations('alertPage');
  if (alert.unknown && alert.state !== 'ended') return <StatusGlyph status="stale" label={t('unknown')} showLabel />;
  if (alert.unwatched) return <StatusGlyph status="plain" label={t('unwatched')} showLabel />;
  const status = alert.state === 'ended' ? 'up' : alert.state === 'pending' ? 'plain' : firing[weightOf(alert)];
  return <StatusGlyph status={status} label={t(`states.${alert.state}`)} showLabel />;
}
