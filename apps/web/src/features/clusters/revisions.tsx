'use client';
// The revisions of a cluster, newest first.
import { useQuery } from '@tanstack/react-query';
import { DataTable, Panel, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { RevisionView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Loaded } from '../states/loaded.tsx';
import { When } from '../time/when.tsx';

export function Revisions({ clusterId }: { clusterId: string }) {
  const t = useTranslations('revisions');
  const locale = useLocale();
  const revisions = useQuery(useTRPC().clusters.revisions.queryOptions({ clusterId }));
  const columns = useMemo((): Column<RevisionView>[] => [
    { id: 'number', header: t('number'), numeric: true, cell: ({ number }) => number },
    { id: 'createdAt', header: t('createdAt'), cell: ({ createdAt }) => <When at={createdAt} /> },
    { id: 'author', header: t('author'), cell: ({ author }) => author },
    {
      id: 'reason', header: t('reason'),
      cell: ({ reason }) => <span className="block max-w-100 truncate" title={reason}>{reason === '' ? '—' : reason}</span>,
    },
  ], [t]);
  return (
    <Panel title={t('title')} padded={false}>
      <Loaded query={revisions} failed={t('loadFailed')}>
        {(rows) => <DataTable caption={t('title')} columns={columns} rows={rows} rowId={({ number }) => String(number)} locale={locale} className="max-h-80" />}
      </Loaded>
    </Panel>
  );
}
