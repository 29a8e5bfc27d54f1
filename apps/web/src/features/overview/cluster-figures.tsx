'use client';
// Many clusters: one row each.
import { DataTable, Panel, StatusGlyph, type Column } from '@weir/ui';
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
    { id: 'state', header: t('state'), sortBy: ({ takingNone }) => takingNone, cell: (cluster) => <ClusterState cluster={cluster} /> },
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

function ClusterState({ cluster: { directors, takingNone } }: { cluster: LiveCluster }) {
  const t = useTranslations('overview');
  if (directors.length === 0) return <StatusGlyph status="unknown" label={t('stateUnknown')} showLabel />;
  return takingNone > 0
    ? <StatusGlyph status="down" label={t('takingNone', { count: takingNone })} showLabel />
    : <StatusGlyph status="up" label={t('takesNew')} showLabel />;
}
