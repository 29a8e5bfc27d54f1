'use client';
// A virtual service as it is defined: where clients reach it, how it schedules, and its real servers with their wires.
import { addressOf, endpointKey, serviceKey, type RealServer, type ServiceMatch, type VirtualService } from '@weir/model';
import { Badge, DataTable, Empty, Panel, Wire, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { OverrideNote } from '../overrides/override-note.tsx';
import { WeightTask } from '../overrides/weight-task.tsx';
import { methodText, persistenceText, schedulerText } from '../words/setting-changes.ts';
import { Address } from './vips.tsx';

export function DefinedService({ clusterId, service }: { clusterId: string; service: VirtualService }) {
  const t = useTranslations('service');
  const locale = useLocale();
  const columns = useRealServerColumns(clusterId, service);
  return (
    <Panel title={service.name} sub={<ServiceSub service={service} />} padded={false}>
      <DataTable
        caption={t('realServersOf', { service: service.name })}
        columns={columns} rows={service.realServers} rowId={({ id }) => id} locale={locale}
        empty={<Empty title={t('empty')} why={t('emptyWhy')} />}
      />
    </Panel>
  );
}

function ServiceSub({ service }: { service: VirtualService }) {
  const t = useTranslations('service');
  const { match, scheduler, persistence, onePacket } = service;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <span className="font-mono">{serviceKey(addressOf(match))}</span>
      {match.kind === 'mark' && <span className="font-mono">{markedText(match)}</span>}
      <Badge>{schedulerText(scheduler)}</Badge>
      {persistence !== null && <Badge>{t('persistent', { how: persistenceText(persistence) })}</Badge>}
      {onePacket && <Badge>ops</Badge>}
    </span>
  );
}

function markedText({ protocol, vips, ports }: Extract<ServiceMatch, { kind: 'mark' }>): string {
  return `← ${protocol} ${vips.join(', ')}${ports.length === 0 ? '' : ` :${ports.join(',')}`}`;
}

function useRealServerColumns(clusterId: string, service: VirtualService): Column<RealServer>[] {
  const t = useTranslations('service');
  const overrides = useTranslations('overrides');
  const method = useTranslations('methods');
  return useMemo(() => [
    { id: 'name', header: t('realServer'), sortBy: ({ name }) => name, cell: ({ name }) => name },
    { id: 'rip', header: 'RIP', mono: true, sortBy: endpointKey, cell: (server) => <Address address={endpointKey(server)} /> },
    {
      id: 'method', header: t('method'), sortBy: (server) => server.method.kind,
      cell: (server) => (
        <span className="inline-flex items-center gap-2">
          <Wire method={server.method.kind} label={method(server.method.kind)} />
          <span aria-hidden="true">{server.method.kind === 'proxied' ? method('proxied') : methodText(server.method)}</span>
        </span>
      ),
    },
    { id: 'weight', header: t('weight'), numeric: true, sortBy: ({ weight }) => weight, cell: ({ weight }) => weight },
    {
      id: 'thresholds', header: t('thresholds'), numeric: true,
      cell: ({ thresholds: { upper, lower } }) => (upper === 0 && lower === 0 ? '—' : `${upper} / ${lower}`),
    },
    {
      id: 'override', header: overrides('override'),
      cell: ({ id }) => <OverrideNote clusterId={clusterId} serviceId={service.id} realServerId={id} otherwise="—" />,
    },
    { id: 'tasks', header: overrides('tasks'), hideHeader: true, cell: (server) => <WeightTask clusterId={clusterId} service={service} realServer={server} /> },
  ], [t, method, overrides, clusterId, service]);
}
