'use client';
// Many clusters: one row each.
import { DataTable, Panel, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { LiveCluster } from '../../live/topic.ts';
import { useTopic } from '../live/live-provider.tsx';
import { Figure } from '../traffic/figure.tsx';

export function ClusterFigures() {
  const t = useTranslations('overview');
  const locale = useLocale();
  const { shown } = useTopic('overview');
  const columns = useMemo((): Column<LiveCluster>[] => [
    { id: 'name', header: t('cluster'), sortBy: ({ name }) => name, cell: ({ clusterId, name }) => <Link href={`/clusters/${clusterId}`}>{name}</Link> },
    { id: 'active', header: t('active'), numeric: true, sortBy: ({ figures }) => figures.active, cell: ({ figures }) => <Figure value={figures.active} quantity="count" /> },
    { id: 'new', header: t('newConnections'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.connections} quantity="countPerSecond" /> },
    { id: 'in', header: t('in'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.bytesIn} quantity="bytesPerSecond" /> },
    { id: 'out', header: t('out'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.bytesOut} quantity="bytesPerSecond" /> },
  ], [t]);
  return (
    <Panel title={t('clusters')} padded={false}>
      <DataTable
        caption={t('clusters')} columns={columns} rows={shown.latest?.clusters ?? []} rowId={({ clusterId }) => clusterId} locale={locale}
        initialSort={{ id: 'name', descending: false }}
      />
    </Panel>
  );
}
