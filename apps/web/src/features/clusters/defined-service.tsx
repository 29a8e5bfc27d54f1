'use client';
// A virtual service as it is defined: where clients reach it, how it schedules, and its real servers with their wires.
import { addressOf, endpointKey, familyOfService, serviceKey, type RealServer, type ServiceMatch, type VirtualService } from '@weir/model';
import { Badge, DataTable, Empty, Panel, Wire, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { DrainNote } from '../drain/drain-note.tsx';
import { DrainTask } from '../drain/drain-task.tsx';
import { LiveHealthMark, LiveServiceHealthMark } from '../health/state/live-health.tsx';
import { OverrideNote } from '../overrides/override-note.tsx';
import { WeightTask } from '../overrides/set/weight-task.tsx';
import { ForwardedWeight } from '../traffic/weight.tsx';
import { checkText, reactionText } from '../words/health-text.ts';
import { schedulerText } from '../words/setting-changes.ts';
import { useMethodText } from '../words/use-method-text.ts';
import { Address } from './vips.tsx';

export interface DefinedServiceProps {
  /** None: only as it is defined, without what acts on it at this moment. */
  clusterId?: string;
  service: VirtualService;
}

export function DefinedService({ clusterId, service }: DefinedServiceProps) {
  const t = useTranslations('service');
  const locale = useLocale();
  const columns = useRealServerColumns(clusterId, service);
  return (
    <Panel
      title={clusterId === undefined ? service.name : <Link href={`/clusters/${clusterId}/services/${service.id}`}>{service.name}</Link>} sub={<ServiceSub service={service} />} padded={false}
      actions={clusterId !== undefined && service.health !== undefined && <LiveServiceHealthMark clusterId={clusterId} serviceId={service.id} />}
    >
      <DataTable
        caption={t('realServersOf', { service: service.name })}
        columns={columns} rows={service.realServers} rowId={({ id }) => id} locale={locale}
        empty={<Empty title={t('empty')} why={t('emptyWhy')} />}
      />
    </Panel>
  );
}

const addressBits = { ipv4: 32, ipv6: 128 } as const;

function ServiceSub({ service }: { service: VirtualService }) {
  const t = useTranslations('service');
  const { match, scheduler, persistence, onePacket, health } = service;
  const bits = addressBits[familyOfService(addressOf(match))];
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <span className="font-mono">{serviceKey(addressOf(match))}</span>
      {match.kind === 'mark' && <Marked match={match} />}
      <Badge>{schedulerText(scheduler)}</Badge>
      {persistence !== null && <Badge>{t('persistent', { seconds: persistence.timeoutSeconds, clients: persistence.prefixLength === bits ? t('client') : `/${persistence.prefixLength}` })}</Badge>}
      {persistence?.engine != null && <Badge>pe {persistence.engine}</Badge>}
      {onePacket && <Badge>{t('onePacket')}</Badge>}
      {health !== undefined && <span title={[...health.checks.map(checkText), reactionText(health)].join('\n')}><Badge>{t('checked', { checks: health.checks.map(({ probe }) => probe.type).join(', ') })}</Badge></span>}
    </span>
  );
}

/** What is marked, so that its packets belong to the service. */
function Marked({ match: { protocol, vips, ports } }: { match: Extract<ServiceMatch, { kind: 'mark' }> }) {
  const t = useTranslations('service');
  return (
    <span>
      {t('marks')} <span className="font-mono">{protocol} {vips.join(', ')}{ports.length > 0 && ` :${ports.join(',')}`}</span>
      {ports.length === 0 && `, ${t('everyPort')}`}
    </span>
  );
}

function useRealServerColumns(clusterId: string | undefined, service: VirtualService): Column<RealServer>[] {
  const t = useTranslations('service');
  const overrides = useTranslations('overrides');
  const health = useTranslations('health')('column');
  const method = useTranslations('methods');
  const methodText = useMethodText();
  return useMemo(() => [
    {
      id: 'name', header: t('realServer'), sortBy: ({ name }) => name,
      cell: ({ id, name }) => (clusterId === undefined ? name : <Link href={`/clusters/${clusterId}/services/${service.id}?rs=${id}`}>{name}</Link>),
    },
    { id: 'rip', header: 'RIP', mono: true, sortBy: endpointKey, cell: (server) => <Address address={endpointKey(server)} /> },
    {
      id: 'method', header: t('method'), sortBy: (server) => server.method.kind,
      cell: (server) => (
        <span className="inline-flex items-center gap-2">
          <Wire method={server.method.kind} label={method(server.method.kind)} />
          <span aria-hidden="true">{methodText(server.method)}</span>
        </span>
      ),
    },
    {
      id: 'weight', header: t('weight'), numeric: true, sortBy: ({ weight }) => weight,
      cell: ({ id, weight }) => (clusterId === undefined ? weight : <ForwardedWeight clusterId={clusterId} serviceId={service.id} realServerId={id} wanted={weight} />),
    },
    {
      id: 'thresholds', header: t('thresholds'), numeric: true,
      cell: ({ thresholds: { upper, lower } }) => (upper === 0 && lower === 0 ? '—' : `${upper} / ${lower}`),
    },
    ...(clusterId === undefined || service.health === undefined ? [] : [{
      id: 'health', header: health,
      cell: ({ id, name }: RealServer) => <LiveHealthMark of={{ clusterId, serviceId: service.id, realServerId: id }} realServer={name} />,
    }]),
    ...(clusterId === undefined ? [] : standingColumns(clusterId, service, overrides)),
  ], [t, method, methodText, overrides, health, clusterId, service]);
}

function standingColumns(clusterId: string, service: VirtualService, t: ReturnType<typeof useTranslations<'overrides'>>): Column<RealServer>[] {
  return [
    {
      id: 'override', header: t('override'),
      cell: ({ id }) => (
        <span className="inline-flex flex-wrap items-center gap-x-3">
          <DrainNote clusterId={clusterId} serviceId={service.id} realServerId={id} />
          <OverrideNote clusterId={clusterId} serviceId={service.id} realServerId={id} otherwise="—" />
        </span>
      ),
    },
    {
      id: 'tasks', header: t('tasks'), hideHeader: true,
      cell: (server) => (
        <span className="flex justify-end gap-1">
          <DrainTask of={{ clusterId, serviceId: service.id, realServerId: server.id, service: service.name, realServer: server.name, rip: server.rip }} />
          <WeightTask clusterId={clusterId} service={service} realServer={server} />
        </span>
      ),
    },
  ];
}
