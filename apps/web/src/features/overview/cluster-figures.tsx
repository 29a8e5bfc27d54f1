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
    { id: 'state', header: t('state'), sortBy: ({ takingNone, belowQuorum, someDown }) => (takingNone + belowQuorum) * 1_000 + someDown, cell: (cluster) => <ClusterState cluster={cluster} /> },
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

function ClusterState({ cluster: { directors, takingNone, belowQuorum, someDown } }: { cluster: LiveCluster }) {
  const t = useTranslations('overview');
  const health = useTranslations('health.roll');
  if (directors.length === 0) return <StatusGlyph status="unknown" label={t('stateUnknown')} showLabel />;
  if (takingNone + belowQuorum + someDown === 0) return <StatusGlyph status="up" label={t('takesNew')} showLabel />;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      {takingNone > 0 && <StatusGlyph status="down" label={t('takingNone', { count: takingNone })} showLabel />}
      {belowQuorum > 0 && <StatusGlyph status="down" label={health('below', { count: belowQuorum })} showLabel />}
      {someDown > 0 && <StatusGlyph status="degraded" label={health('someDown', { count: someDown })} showLabel />}
    </span>
  );
}
