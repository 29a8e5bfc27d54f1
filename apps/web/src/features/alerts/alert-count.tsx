'use client';
// Beside the way to the alerts: how many call for somebody.
import { Badge } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useCalling } from './use-calling.ts';

export function AlertCount() {
  const t = useTranslations('alertPage');
  const count = useCalling() ?? 0;
  return (
    <output className="ml-1.5 md:ml-auto">
      {count > 0 && <Badge tone="down"><span aria-hidden="true">{count}</span><span className="sr-only">{t('calling', { count })}</span></Badge>}
    </output>
  );
}
