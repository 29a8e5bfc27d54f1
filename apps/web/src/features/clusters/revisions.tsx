'use client';
// The revisions of a cluster, newest first, and whether saving one approves it.
import { useQuery } from '@tanstack/react-query';
import { DataTable, Panel, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ClusterView, RevisionView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { ApprovalMark } from '../revisions/approval-mark.tsx';
import { ApprovalRule } from '../revisions/approval-rule.tsx';
import { Loaded } from '../states/loaded.tsx';
import { When } from '../time/when.tsx';

export function Revisions({ cluster }: { cluster: Pick<ClusterView, 'id' | 'approvalRequired'> }) {
  const t = useTranslations('revisions');
  const locale = useLocale();
  const revisions = useQuery(useTRPC().clusters.revisions.queryOptions({ clusterId: cluster.id }));
  const columns = useMemo((): Column<RevisionView>[] => [
    { id: 'number', header: t('number'), numeric: true, cell: ({ number }) => <Link href={`/clusters/${cluster.id}/revisions/${number}`}>{number}</Link> },
    { id: 'createdAt', header: t('createdAt'), cell: ({ createdAt }) => <When at={createdAt} /> },
    { id: 'author', header: t('author'), cell: ({ author }) => author },
    { id: 'approval', header: t('approval'), cell: ({ approval }) => <ApprovalMark approval={approval} /> },
    {
      id: 'reason', header: t('reason'),
      cell: ({ reason }) => <span className="block max-w-100 truncate" title={reason}>{reason === '' ? '—' : reason}</span>,
    },
  ], [t, cluster.id]);
  return (
    <Panel title={t('title')} padded={false}>
      <ApprovalRule cluster={cluster} />
      <Loaded query={revisions} failed={t('loadFailed')}>
        {(rows) => <DataTable caption={t('title')} columns={columns} rows={rows} rowId={({ number }) => String(number)} locale={locale} className="max-h-80" />}
      </Loaded>
    </Panel>
  );
}
