'use client';
// Beside the way to the alerts: how many call for somebody.
import { useQuery } from '@tanstack/react-query';
import { Badge } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';

const refreshMs = 5_000;

export function AlertCount() {
  const t = useTranslations('alertPage');
  const { data: count = 0 } = useQuery(useTRPC().alerts.calling.queryOptions(undefined, { refetchInterval: refreshMs }));
  return (
    <output className="ml-1.5 md:ml-auto">
      {count > 0 && <Badge tone="down"><span aria-hidden="true">{count}</span><span className="sr-only">{t('calling', { count })}</span></Badge>}
    </output>
  );
}
