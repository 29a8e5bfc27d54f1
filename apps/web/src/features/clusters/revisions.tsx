'use client';
// The revisions of a cluster, newest first, and whether saving one approves it.
import { useQuery } from '@tanstack/react-query';
import { Badge, DataTable, Panel, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ApplySummary } from '../../server/changes/change-view.ts';
import type { ClusterView, RevisionView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Outcomes } from './applies.tsx';
import { ApprovalMark } from '../revisions/approval-mark.tsx';
import { ApprovalRule } from '../revisions/approval-rule.tsx';
import { Loaded } from '../states/loaded.tsx';
import { When } from '../time/when.tsx';
import { wantedOf } from './wanted.ts';

export function Revisions({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('revisions');
  const locale = useLocale();
  const [head, wanted] = [cluster.head.number, wantedOf(cluster).number];
  const revisions = useQuery(useTRPC().clusters.revisions.queryOptions({ clusterId: cluster.id }));
  const applies = useQuery(useTRPC().changes.list.queryOptions({ clusterId: cluster.id, limit: 100 })).data;
  const columns = useMemo((): Column<RevisionView>[] => [
    {
      id: 'number', header: t('number'), numeric: true,
      cell: ({ number }) => (
        <span className="inline-flex items-center gap-2">
          {number === wanted && <Badge>{t('wanted')}</Badge>}
          <Link href={`/clusters/${cluster.id}/revisions/${number}`}>{number}</Link>
        </span>
      ),
    },
    { id: 'createdAt', header: t('createdAt'), cell: ({ createdAt }) => <When at={createdAt} /> },
    { id: 'author', header: t('author'), cell: ({ author }) => author },
    { id: 'applied', header: t('applied'), cell: ({ number }) => <LastApply apply={applies?.find(({ revision }) => revision === number)} /> },
    { id: 'approval', header: t('approval'), cell: ({ number, approval }) => <ApprovalMark approval={approval} overtaken={number < head} /> },
    {
      id: 'reason', header: t('reason'),
      cell: ({ reason }) => <span className="block max-w-50 truncate" title={reason}>{reason === '' ? '—' : reason}</span>,
    },
  ], [t, cluster.id, head, wanted, applies]);
  return (
    <Panel title={t('title')} padded={false}>
      <ApprovalRule cluster={cluster} />
      <Loaded query={revisions} failed={t('loadFailed')}>
        {(rows) => <DataTable caption={t('title')} columns={columns} rows={rows} rowId={({ number }) => String(number)} locale={locale} className="max-h-80" />}
      </Loaded>
    </Panel>
  );
}

/** When it was applied last, and what came of it. */
function LastApply({ apply }: { apply: ApplySummary | undefined }) {
  if (apply === undefined) return '—';
  return <Link href={`/changes/${apply.id}`}><Outcomes directors={apply.directors} /></Link>;
}
