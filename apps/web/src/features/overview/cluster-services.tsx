'use client';
// One cluster's virtual services with what they carry now and in the last five minutes.
import { Badge, DataTable, Panel, Skeleton, Sparkline, Stale, StatusGlyph, type Column } from '@weir/ui';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { clusterTopic, type LiveService } from '../../live/topic.ts';
import type { ClusterSummary } from '../../server/clusters/cluster-view.ts';
import { isPending } from '../clusters/hold.tsx';
import { ServiceHealthMark } from '../health/state/service-health.tsx';
import { useTopic } from '../live/live-provider.tsx';
import { chartTime, measured, pointsOf } from '../live/series.ts';
import type { TopicView } from '../live/topic-buffer.ts';
import { LinkButton } from '../states/link-button.tsx';
import { Figure } from '../traffic/figure.tsx';
import { ServiceState } from '../traffic/service-state.tsx';
import { useSilence } from '../traffic/silent.tsx';

const sparkMs = 5 * 60_000;

export function ClusterServices({ cluster }: { cluster: ClusterSummary }) {
  const t = useTranslations('overview');
  const silence = useSilence();
  const { shown, now } = useTopic(clusterTopic(cluster.id));
  const latest = shown.latest;
  const takingNone = (latest?.services ?? []).filter(({ takesNoneOn }) => takesNoneOn.length > 0).length;
  const counted = latest?.services.flatMap(({ directors }) => directors) ?? [];
  return (
    <Panel
      title={<Link href={`/clusters/${cluster.id}`}>{cluster.name}</Link>}
      sub={t('clusterSub', { services: cluster.services, realServers: cluster.realServers })}
      padded={false}
      actions={(
        <>
          {takingNone > 0 && <StatusGlyph status="down" label={t('takingNone', { count: takingNone })} showLabel />}
          {isPending(cluster.directors) && <Link href={`/clusters/${cluster.id}/change`}><Badge tone="draft">◇ {t('pending')}</Badge></Link>}
          <LinkButton href={`/clusters/${cluster.id}/live`}>{t('live')}</LinkButton>
        </>
      )}
    >
      {latest === null ? <Skeleton label={t('loading')} rows={Math.min(4, cluster.services)} /> : (
        <Stale since={silence(now.latest, counted)}><ServiceTable clusterId={cluster.id} view={shown} services={latest.services} /></Stale>
      )}
    </Panel>
  );
}

function ServiceTable({ clusterId, view, services }: { clusterId: string; view: TopicView; services: readonly LiveService[] }) {
  const t = useTranslations('overview');
  const locale = useLocale();
  const router = useRouter();
  const columns = useMemo((): Column<LiveService>[] => [
    { id: 'key', header: t('service'), mono: true, sortBy: ({ key }) => key, cell: ({ key }) => key },
    { id: 'name', header: t('name'), sortBy: ({ name }) => name, cell: ({ name }) => name },
    { id: 'state', header: t('state'), cell: (service) => <State service={service} /> },
    { id: 'servers', header: t('servers'), numeric: true, sortBy: ({ realServerCount }) => realServerCount, cell: ({ realServerCount }) => realServerCount },
    { id: 'active', header: t('active'), numeric: true, sortBy: ({ figures }) => figures.active, cell: ({ figures }) => <Figure value={figures.active} quantity="count" /> },
    { id: 'spark', header: t('fiveMinutes'), cell: (service) => <Sparkline values={sparkOf(view, service)} label={t('activeOf', { service: service.name })} /> },
    { id: 'new', header: t('newConnections'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.connections} quantity="countPerSecond" /> },
    { id: 'in', header: t('in'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.bytesIn} quantity="bytesPerSecond" /> },
    { id: 'out', header: t('out'), numeric: true, cell: ({ figures }) => <Figure value={figures.perSecond.bytesOut} quantity="bytesPerSecond" /> },
  ], [t, view]);
  return (
    <DataTable
      caption={t('services')} columns={columns} rows={services} rowId={({ serviceId }) => serviceId} locale={locale}
      onOpen={({ serviceId }) => router.push(`/clusters/${clusterId}/live?service=${serviceId}`)}
      empty={<p className="p-3 text-muted">{t('notForwarded')}</p>}
    />
  );
}

/** By its weights, and where its real servers are asked also by their health. */
function State({ service }: { service: LiveService }) {
  return <span className="inline-flex flex-wrap items-center gap-x-3"><ServiceState service={service} /><ServiceHealthMark health={service.health} brief /></span>;
}

/** One value for each second of the window, so that a line that began lately does not fill the whole of it. */
function sparkOf(view: TopicView, { serviceId }: LiveService): (number | null)[] {
  const { window, stepMs } = chartTime(view, sparkMs, 0);
  const points = pointsOf(view, { window, stepMs }, (tick) => {
    const service = tick.services.find((each) => each.serviceId === serviceId);
    return service === undefined ? undefined : measured(tick, service.directors, service.figures.active);
  });
  const values = new Map(points.map(({ t, value }) => [t, value]));
  return Array.from({ length: sparkMs / stepMs }, (_, index) => values.get(window.fromMs + (index + 1) * stepMs) ?? null);
}
