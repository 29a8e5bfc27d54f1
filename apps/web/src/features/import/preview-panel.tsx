'use client';
// What an import came to: its services with their real servers, and where their VIPs were.
import { addressOf, endpointKey, formatEndpoint, serviceKey, type ClusterDefinition, type ServiceHealth, type VirtualService } from '@weir/model';
import type { VipHint } from '@weir/model/formats';
import { DataTable, Empty, Panel, Wire, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { checkText } from '../words/health-text.ts';
import { schedulerText } from '../words/setting-changes.ts';

// The form shows all of it.
const servicesShown = 100;
const realServersShown = 8;
const hintsShown = 100;

export function PreviewPanel({ definition: { services, vips }, hints }: { definition: ClusterDefinition; hints: readonly VipHint[] }) {
  const t = useTranslations('importing');
  const locale = useLocale();
  const realServers = services.reduce((sum, service) => sum + service.realServers.length, 0);
  const columns = useMemo((): Column<VirtualService>[] => [
    { id: 'service', header: t('service'), cell: ({ name }) => name },
    { id: 'match', header: t('match'), mono: true, cell: ({ match }) => serviceKey(addressOf(match)) },
    { id: 'scheduler', header: t('scheduler'), cell: ({ scheduler }) => schedulerText(scheduler) },
    { id: 'realServers', header: t('realServers'), cell: (service) => <RealServers service={service} /> },
    { id: 'health', header: t('checks'), cell: ({ health }) => (health === undefined ? '—' : <Checks health={health} />) },
  ], [t]);
  return (
    <Panel title={t('preview')} sub={t('previewCounts', { services: services.length, realServers, vips: vips.length })} padded={false}>
      <DataTable
        caption={t('preview')} columns={columns} rows={services.slice(0, servicesShown)} rowId={({ id }) => id} locale={locale}
        empty={<Empty title={t('nothing')} why={t('nothingWhy')} />}
      />
      {services.length > servicesShown && <p className="p-3 text-muted">{t('moreServices', { count: services.length - servicesShown })}</p>}
      {hints.length > 0 && <Hints hints={hints} />}
    </Panel>
  );
}

function Checks({ health: { checks, sorry } }: { health: ServiceHealth }) {
  const t = useTranslations('importing');
  return (
    <ul className="min-w-40 py-1 whitespace-normal">
      {checks.map((check, index) => <li key={`${index} ${checkText(check)}`} className="font-mono text-sm wrap-anywhere">{checkText(check)}</li>)}
      {sorry !== null && <li>{t('sorry', { server: formatEndpoint(sorry.rip, sorry.port) })}</li>}
    </ul>
  );
}

function RealServers({ service: { realServers } }: { service: VirtualService }) {
  const methods = useTranslations('methods');
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 py-1">
      {realServers.slice(0, realServersShown).map((realServer) => (
        <li key={realServer.id} className="flex items-center gap-1.5">
          <Wire method={realServer.method.kind} label={methods(realServer.method.kind)} /> <span className="font-mono">{endpointKey(realServer)}</span> <span className="text-muted">{realServer.weight}</span>
        </li>
      ))}
      {realServers.length > realServersShown && <li className="text-muted">+{realServers.length - realServersShown}</li>}
    </ul>
  );
}

function Hints({ hints }: { hints: readonly VipHint[] }) {
  const t = useTranslations('importing');
  return (
    <section className="border-t border-line p-3 text-muted">
      <h3>{t('vipHints')}</h3>
      <ul>
        {hints.slice(0, hintsShown).map(({ vip, networkInterface, instance }) => (
          <li key={`${vip} ${networkInterface ?? ''} ${instance}`} className="font-mono">{t('hint', { vip, networkInterface: networkInterface ?? '?', instance })}</li>
        ))}
      </ul>
    </section>
  );
}
