'use client';
// The real servers of a service: totals, rates, weight and state.
import { DataTable, StatusGlyph, type Column, type Status } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { LiveRealServer, LiveService } from '../../live/topic.ts';
import { OverrideNote } from '../overrides/override-note.tsx';
import { Figure } from './figure.tsx';

type State = 'takes' | 'drains' | 'out' | 'unknown';

const glyphs: Record<State, Status> = { takes: 'up', drains: 'draining', out: 'down', unknown: 'unknown' };

/** Weight 0 takes no new connections: it drains while it has some. */
function stateOf({ weight, figures }: LiveRealServer): State {
  if (weight === null) return 'unknown';
  if (weight > 0) return 'takes';
  return figures.active === 0 ? 'out' : 'drains';
}

export function RealServerTable({ service, stale }: { service: LiveService; stale: boolean }) {
  const t = useTranslations('traffic');
  const locale = useLocale();
  const columns = useColumns(service);
  return (
    <DataTable
      caption={t('realServersOf', { service: service.name })}
      columns={columns} rows={service.realServers} rowId={({ realServerId }) => realServerId} locale={locale} isStale={() => stale}
    />
  );
}

function useColumns({ clusterId, serviceId }: LiveService): Column<LiveRealServer>[] {
  const t = useTranslations('traffic');
  const overrides = useTranslations('overrides');
  return useMemo(() => [
    { id: 'name', header: t('realServer'), sortBy: ({ name }) => name, cell: ({ name }) => name },
    { id: 'key', header: 'RIP', mono: true, sortBy: ({ key }) => key, cell: ({ key }) => key },
    { id: 'state', header: t('state'), cell: (row) => <StatusGlyph status={glyphs[stateOf(row)]} label={t(`states.${stateOf(row)}`)} showLabel /> },
    { id: 'weight', header: t('weight'), numeric: true, sortBy: ({ weight }) => weight, cell: (row) => <Weight row={row} /> },
    {
      id: 'override', header: overrides('override'),
      cell: ({ realServerId }) => <OverrideNote clusterId={clusterId} serviceId={serviceId} realServerId={realServerId} otherwise="—" narrow />,
    },
    { id: 'active', header: t('active'), numeric: true, sortBy: ({ figures }) => figures.active, cell: ({ figures }) => <Figure value={figures.active} quantity="count" /> },
    { id: 'inactive', header: t('inactive'), numeric: true, sortBy: ({ figures }) => figures.inactive, cell: ({ figures }) => <Figure value={figures.inactive} quantity="count" /> },
    { id: 'connections', header: t('connections'), numeric: true, cell: ({ figures }) => <Figure value={figures.totals.connections} quantity="count" /> },
    { id: 'perSecond', header: t('newConnections'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.connections} quantity="countPerSecond" /> },
    { id: 'bytesIn', header: t('bytesIn'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.bytesIn} quantity="bytesPerSecond" /> },
    { id: 'bytesOut', header: t('bytesOut'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.bytesOut} quantity="bytesPerSecond" /> },
    { id: 'totalIn', header: t('totalIn'), numeric: true, cell: ({ figures }) => <Figure value={figures.totals.bytesIn} quantity="bytes" /> },
    { id: 'totalOut', header: t('totalOut'), numeric: true, cell: ({ figures }) => <Figure value={figures.totals.bytesOut} quantity="bytes" /> },
  ], [t, overrides, clusterId, serviceId]);
}

function Weight({ row: { weight, definedWeight } }: { row: LiveRealServer }) {
  const t = useTranslations('traffic');
  if (weight === null) return '—';
  return weight === definedWeight ? weight : <span title={t('definedWeight', { weight: definedWeight })}>{`${weight} (${definedWeight})`}</span>;
}
