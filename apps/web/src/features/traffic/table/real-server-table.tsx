'use client';
// The real servers of a service: totals, rates, weight and state.
import { clockText, DataTable, StatusGlyph, unknownText, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { LiveRealServer, LiveService } from '../../../live/topic.ts';
import { DrainNote } from '../../drain/drain-note.tsx';
import { DrainTask } from '../../drain/drain-task.tsx';
import { drainOf } from '../../drain/standing.ts';
import { useDrains } from '../../drain/use-drains.ts';
import { HealthMark } from '../../health/state/health-mark.tsx';
import { useHealthText } from '../../health/state/use-health-text.ts';
import { worstHealth } from '../../health/state/worst-health.ts';
import { OverrideNote } from '../../overrides/override-note.tsx';
import { ripOf } from '../../overrides/set/last-taker.ts';
import { Figure } from '../figure.tsx';
import { realServerGlyphs, realServerState } from '../row-state.ts';
import { Weight } from '../weight.tsx';
import type { LastCounted } from './last-totals.ts';
import { RealServerLink } from './real-server-link.tsx';

export interface RealServerTableProps {
  service: LiveService;
  stale: boolean;
  /** Of those that are not counted now. */
  last: LastCounted;
  directorName: (id: string) => string;
}

export function RealServerTable({ service, stale, last, directorName }: RealServerTableProps) {
  const t = useTranslations('traffic');
  const locale = useLocale();
  const columns = useColumns(service, last, directorName);
  return (
    <DataTable
      caption={t('realServersOf', { service: service.name })}
      columns={columns} rows={service.realServers} rowId={rowId} locale={locale} isStale={() => stale}
    />
  );
}

/** One that no revision knows has nothing but its address. */
export function rowId({ realServerId, key }: LiveRealServer): string {
  return realServerId ?? key;
}

function useColumns({ clusterId, serviceId, name: service, health, realServers }: LiveService, last: LastCounted, directorName: (id: string) => string): Column<LiveRealServer>[] {
  const t = useTranslations('traffic');
  const column = useTranslations('health')('column');
  const checked = health.length > 0 || realServers.some((row) => row.health.length > 0);
  return useMemo(() => [
    { id: 'name', header: t('realServer'), sortBy: ({ name }) => name, cell: (row) => <Name row={row} serviceId={serviceId} directorName={directorName} /> },
    { id: 'key', header: 'RIP', mono: true, sortBy: ({ key }) => key, cell: ({ key }) => key },
    { id: 'state', header: t('state'), cell: (row) => <StateWithCause row={row} clusterId={clusterId} serviceId={serviceId} /> },
    ...(checked ? [{ id: 'health', header: column, cell: (row: LiveRealServer) => <Health row={row} clusterId={clusterId} serviceId={serviceId} /> }] : []),
    { id: 'weight', header: t('weight'), numeric: true, sortBy: ({ weight }) => weight, cell: (row) => <Weight row={row} directorName={directorName} /> },
    { id: 'active', header: t('active'), numeric: true, sortBy: ({ figures }) => figures.active, cell: ({ figures }) => <Figure value={figures.active} quantity="count" /> },
    { id: 'inactive', header: t('inactive'), numeric: true, sortBy: ({ figures }) => figures.inactive, cell: ({ figures }) => <Figure value={figures.inactive} quantity="count" /> },
    { id: 'connections', header: t('connections'), numeric: true, cell: (row) => <Total row={row} last={last} name="connections" /> },
    { id: 'perSecond', header: t('newConnections'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.connections} quantity="countPerSecond" /> },
    { id: 'bytesIn', header: t('bytesIn'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.bytesIn} quantity="bytesPerSecond" /> },
    { id: 'bytesOut', header: t('bytesOut'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.bytesOut} quantity="bytesPerSecond" /> },
    { id: 'totalIn', header: t('totalIn'), numeric: true, cell: (row) => <Total row={row} last={last} name="bytesIn" /> },
    { id: 'totalOut', header: t('totalOut'), numeric: true, cell: (row) => <Total row={row} last={last} name="bytesOut" /> },
    { id: 'tasks', header: t('tasks'), hideHeader: true, pinned: true, cell: (row) => <Task row={row} clusterId={clusterId} serviceId={serviceId} service={service} /> },
  ], [t, column, checked, clusterId, serviceId, service, last, directorName]);
}

/** Of one that is not counted now: what it had when it last was, grey, and when that was. */
function Total({ row: { realServerId, figures: { totals, measuredAtMs } }, last, name }: { row: LiveRealServer; last: LastCounted; name: 'connections' | 'bytesIn' | 'bytesOut' }) {
  const t = useTranslations('traffic');
  const locale = useLocale();
  const quantity = name === 'connections' ? 'count' : 'bytes';
  const before = measuredAtMs === null ? last.get(realServerId ?? '') : undefined;
  if (before === undefined) return <Figure value={totals[name]} quantity={quantity} />;
  const when = t('lastCounted', { at: clockText(before.atMs, locale) });
  return <span className="weir-stale" title={when}><Figure value={before.totals[name]} quantity={quantity} /><span className="sr-only"> {when}</span></span>;
}

/** One that no revision knows is asked nothing. */
function Health({ row: { realServerId, name, health }, ...of }: { row: LiveRealServer; clusterId: string; serviceId: string }) {
  return realServerId === null ? unknownText : <HealthMark of={{ ...of, realServerId }} realServer={name} health={health} />;
}

/** One that no revision knows is not drained: it has no name to be ordered by. */
function Task({ row: { realServerId, name, key }, ...of }: { row: LiveRealServer; clusterId: string; serviceId: string; service: string }) {
  return realServerId === null ? null : <DrainTask of={{ ...of, realServerId, realServer: name, rip: ripOf(key) }} />;
}

/** And what made it so, where that is not the definition. */
function StateWithCause({ row, clusterId, serviceId }: { row: LiveRealServer; clusterId: string; serviceId: string }) {
  const t = useTranslations('traffic');
  const text = useHealthText();
  const drains = useDrains(clusterId);
  const state = realServerState(row);
  const worst = state === 'down' ? worstHealth(row.health) : null;
  const drained = row.realServerId !== null && drainOf(drains, { serviceId, realServerId: row.realServerId }) !== null;
  // Where it is drained the note says so, and how far it is.
  const said = drained && (state === 'drains' || state === 'out');
  return (
    <>
      <span className="inline-flex flex-col" title={worst === null ? undefined : text.rule(worst.standing.rule)}>
        {!said && <StatusGlyph status={realServerGlyphs[state]} label={t(`states.${state}`)} showLabel />}
        {row.realServerId !== null && <DrainNote clusterId={clusterId} serviceId={serviceId} realServerId={row.realServerId} />}
      </span>
      {row.realServerId !== null && <OverrideNote clusterId={clusterId} serviceId={serviceId} realServerId={row.realServerId} narrow />}
    </>
  );
}

/** What is forwarded and no longer wanted, or wanted and not yet forwarded, says so. */
function Name({ row: { name, key, realServerId, wantedWeight, notAppliedOn }, serviceId, directorName }: { row: LiveRealServer; serviceId: string; directorName: (id: string) => string }) {
  const t = useTranslations('traffic');
  return (
    <span className="inline-flex flex-col py-0.5 leading-4">
      {realServerId === null
        ? <span>{name === key ? '—' : name}</span>
        : <RealServerLink serviceId={serviceId} realServerId={realServerId} name={name} />}
      {wantedWeight === null && <span className="w-28 text-sm whitespace-normal text-warn">{t('notInWanted')}</span>}
      {notAppliedOn.length > 0 && <span className="w-28 text-sm wrap-anywhere whitespace-normal text-draft">◇ {t('notAppliedOn', { directors: notAppliedOn.map(directorName).join(', ') })}</span>}
    </span>
  );
}
