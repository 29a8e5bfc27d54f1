'use client';
// Beside the way to the alerts: how many call for somebody.
import { Badge } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { callingIn } from './order.ts';
import { useCurrentAlerts } from './use-current-alerts.ts';

const refreshMs = 15_000;

export function AlertCount() {
  const t = useTranslations('alertPage');
  const page = useCurrentAlerts(refreshMs);
  const count = callingIn(page.data?.alerts ?? []);
  return (
    <output className="ml-1.5 md:ml-auto">
      {count > 0 && <Badge tone="down"><span aria-hidden="true">{count}</span><span className="sr-only">{t('calling', { count })}</span></Badge>}
    </output>
  );
}
