'use client';
// What stays on one director: which revisions it may hold, and the services that it may go on forwarding.
import { DataTable, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { DirectorRemains, HeldRevision, StayingService } from '../../server/forgetting/remains-view.ts';
import { useSince } from '../time/when.tsx';

export function Remains({ remains }: { remains: DirectorRemains }) {
  const t = useTranslations('forgetting');
  const since = useSince();
  const { name, lastSeenAt, held, services, vips, others } = remains;
  const there = vips.flatMap(({ address, interface: on }) => (on === null ? [] : [`${address} (${on})`]));
  const perhaps = vips.flatMap(({ address, interface: on }) => (on === null ? [address] : []));
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium">{t('stays', { name })}</h3>
      <p className="text-muted">{lastSeenAt === null ? t('notHeard') : t('lastSeen', { since: since(lastSeenAt) })}</p>
      {held.length === 0 && vips.length === 0 && others.length === 0 && <p>{t('nothing')}</p>}
      <ul>{held.map((each) => <li key={`${each.clusterId} ${each.revision} ${each.how}`}><Held held={each} /></li>)}</ul>
      {services.length > 0 && <Services name={name} services={services} />}
      {there.length > 0 && <p>{t('vipsThere', { vips: there.join(', ') })}</p>}
      {perhaps.length > 0 && <p>{t('vipsPerhaps', { vips: perhaps.join(', ') })}</p>}
      {others.length > 0 && <Others remains={remains} />}
    </section>
  );
}

function Held({ held: { cluster, clusterId, revision, how, known } }: { held: HeldRevision }) {
  const t = useTranslations('forgetting');
  return t(known ? how : 'notKnown', { revision, cluster: cluster ?? clusterId });
}

// More are counted, not listed: the row must stay one line.
const shownRealServers = 3;

function Services({ name, services }: { name: string; services: readonly StayingService[] }) {
  const t = useTranslations('forgetting');
  const locale = useLocale();
  const columns = useMemo((): Column<StayingService>[] => [
    { id: 'service', header: t('service'), mono: true, cell: ({ key }) => key },
    { id: 'cluster', header: t('clusterColumn'), cell: ({ cluster }) => cluster },
    { id: 'realServers', header: t('realServers'), cell: ({ realServers }) => <RealServers realServers={realServers} /> },
  ], [t]);
  return (
    <div className="rounded-sm border border-line">
      <DataTable
        caption={t('stays', { name })} columns={columns} rows={services} rowId={({ key }) => key} locale={locale} className="max-h-60"
        isStale={({ how }) => how === 'ordered'}
      />
    </div>
  );
}

function RealServers({ realServers }: Pick<StayingService, 'realServers'>) {
  const t = useTranslations('forgetting');
  if (realServers.length > shownRealServers) return t('count', { count: realServers.length });
  return (
    <ul>
      {realServers.map(({ key, weight }) => <li key={key}><span className="font-mono">{key}</span> <span className="text-muted">{t('weight', { weight })}</span></li>)}
    </ul>
  );
}

const shownOthers = 50;

function Others({ remains: { measuredAt, others } }: { remains: DirectorRemains }) {
  const t = useTranslations('forgetting');
  const since = useSince();
  return (
    <div>
      <p>{t('others', { since: measuredAt === null ? '—' : since(measuredAt) })}</p>
      <ul>
        {others.slice(0, shownOthers).map(({ key, realServers }) => <li key={key}><span className="font-mono">{key}</span> <span className="text-muted">{t('count', { count: realServers })}</span></li>)}
      </ul>
      {others.length > shownOthers && <p className="text-muted">{t('more', { count: others.length - shownOthers })}</p>}
      <p className="text-sm text-muted">{t('othersWhy')}</p>
    </div>
  );
}
