'use client';
// In the row of a real server: that it is drained, by whom, and what is left.
import { StatusGlyph } from '@weir/ui';
import { useFormatter, useTranslations } from 'use-intl';
import { drainOf, leftOf } from './standing.ts';
import { useDrains } from './use-drains.ts';

export interface DrainNoteProps {
  clusterId: string;
  serviceId: string;
  realServerId: string;
}

export function DrainNote({ clusterId, serviceId, realServerId }: DrainNoteProps) {
  const t = useTranslations('drain');
  const format = useFormatter();
  const drain = drainOf(useDrains(clusterId), { serviceId, realServerId });
  if (drain === null) return null;
  const left = leftOf(drain);
  const label = drain.safe ? t('safe') : left === null ? t('draining') : t('drainingCount', { count: format.number(left) });
  return (
    <span className="inline-flex max-w-44 flex-wrap gap-x-1.5 whitespace-normal" title={drain.reason || undefined}>
      <StatusGlyph status={drain.safe ? 'up' : 'draining'} label={label} showLabel /> <span className="text-muted">{t('by', { author: drain.author })}</span>
    </span>
  );
}
