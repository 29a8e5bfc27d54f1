'use client';
// The words of a chart.
import type { TimeChartTexts } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';

export function useChartTexts(): TimeChartTexts {
  const t = useTranslations('chart');
  return useMemo(() => ({
    now: t('now'), series: t('series'), last: t('last'), lowest: t('lowest'), highest: t('highest'),
    paused: (span) => t('paused', { span }),
  }), [t]);
}
