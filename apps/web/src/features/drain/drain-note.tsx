'use client';
// In the row of a real server: that it is drained, and what is left.
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
  if (drain.safe) return <StatusGlyph status="up" label={t('safe')} showLabel />;
  const left = leftOf(drain);
  return <StatusGlyph status="draining" label={left === null ? t('draining') : t('drainingCount', { count: format.number(left) })} showLabel />;
}
