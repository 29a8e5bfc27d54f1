'use client';
// Alerts that are over, page by page. The page stands in the address.
import { useQuery } from '@tanstack/react-query';
import { Empty, Panel } from '@weir/ui';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { AlertsInput } from '../../alerts/alert.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Turns } from '../events/stream.tsx';
import { Loaded } from '../states/loaded.tsx';
import { AlertTable } from './list/alert-table.tsx';

const pageLength = 20;
const refreshMs = 5_000;

export function PastAlerts() {
  const t = useTranslations('alertPage');
  const [router, path] = [useRouter(), usePathname()];
  const before = AlertsInput.shape.before.safeParse(useSearchParams().get('before') ?? undefined).data;
  const asked = { which: 'past' as const, limit: pageLength, ...(before !== undefined && { before }) };
  const page = useQuery(useTRPC().alerts.list.queryOptions(asked, { refetchInterval: before === undefined && refreshMs }));
  const turn = (from: string | undefined): void => router.push(from === undefined ? path : `${path}?before=${from}`, { scroll: false });
  return (
    <Panel title={t('past')} padded={false}>
      <Loaded query={page} failed={t('pastFailed')} rows={4}>
        {({ alerts }) => <AlertTable caption={t('past')} alerts={alerts} onAcknowledge={null} empty={<Empty title={t('nonePast')} why={t('nonePastWhy')} />} />}
      </Loaded>
      <Turns before={before} next={page.data?.next ?? null} onTurn={turn} />
    </Panel>
  );
}
