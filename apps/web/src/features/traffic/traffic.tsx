'use client';
// What a cluster carries now: charts and real servers of each of its services.
import { useQuery } from '@tanstack/react-query';
import { Badge, Empty, Notice, Panel, Select, Skeleton, Stale } from '@weir/ui';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { clusterTopic, serviceTopic, type LiveService } from '../../live/topic.ts';
import { useTRPC } from '../../trpc/client.ts';
import { NotApplied } from '../clusters/not-applied.tsx';
import { ClusterDrains } from '../drain/cluster-drains.tsx';
import { CheckerNotice } from '../health/state/checker-notice.tsx';
import { ServiceHealthMark } from '../health/state/service-health.tsx';
import { useTopic, type FollowedTopic } from '../live/live-provider.tsx';
import { SampleLoad } from '../sample-load/sample-load.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { RangePicker, useRange } from './range-picker.tsx';
import { ranges } from './range.ts';
import { RealServerTable } from './real-server-table.tsx';
import { RefusedFigure } from './refused.tsx';
import { ServiceCharts } from './service-charts.tsx';
import { ServiceState } from './service-state.tsx';
import { useSilence } from './silent.tsx';

const refreshMs = 5_000;

export function Traffic({ clusterId }: { clusterId: string }) {
  const t = useTranslations('traffic');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }, { refetchInterval: refreshMs }));
  const topic = useTopic(clusterTopic(clusterId));
  const services = topic.shown.latest?.services ?? [];
  const chosenId = useSearchParams().get('service');
  const chosen = services.find(({ serviceId }) => serviceId === chosenId) ?? services[0];
  return (
    <Page>
      <PageHead
        title={t('title', { name: cluster.data?.name ?? '…' })}
        actions={(
          <>
            {services.length > 1 && <ServiceSelect services={services} chosen={chosen?.serviceId ?? ''} />}
            <RangePicker />
            <LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>
          </>
        )}
      />
      {cluster.data && <NotApplied cluster={cluster.data} shows="forwarded" />}
      <ClusterDrains clusterId={clusterId} />
      {chosen !== undefined && <ServiceTraffic key={chosen.serviceId} clusterId={clusterId} serviceId={chosen.serviceId} topic={topic} />}
      {chosen === undefined && (topic.now.caughtUp && topic.now.latest !== null
        ? <Empty title={t('empty')} why={t('emptyWhy')} action={<LinkButton href={`/clusters/${clusterId}/change`}>{t('review')}</LinkButton>} />
        : <Skeleton label={t('loading')} rows={10} />)}
      <SampleLoad />
    </Page>
  );
}

function ServiceSelect({ services, chosen }: { services: readonly LiveService[]; chosen: string }) {
  const t = useTranslations('traffic');
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const choose = (serviceId: string) => {
    const next = new URLSearchParams(params);
    next.set('service', serviceId);
    router.replace(`${path}?${next.toString()}`, { scroll: false });
  };
  return (
    <Select
      aria-label={t('service')} value={chosen} onChange={(event) => choose(event.target.value)}
      options={services.map(({ serviceId, name, key }) => ({ value: serviceId, label: `${name} · ${key}` }))}
    />
  );
}

/** A cluster too large for one tick leaves its real servers out: then the service is followed by itself. */
function ServiceTraffic({ clusterId, serviceId, topic }: { clusterId: string; serviceId: string; topic: FollowedTopic }) {
  const ofCluster = topic.now.latest?.services.find((each) => each.serviceId === serviceId);
  const partial = ofCluster !== undefined && ofCluster.realServerCount > ofCluster.realServers.length;
  return partial ? <LargeService clusterId={clusterId} serviceId={serviceId} /> : <OneService serviceId={serviceId} topic={topic} />;
}

function LargeService({ clusterId, serviceId }: { clusterId: string; serviceId: string }) {
  return <OneService serviceId={serviceId} topic={useTopic(serviceTopic(clusterId, serviceId))} />;
}

function OneService({ serviceId, topic: { now, shown } }: { serviceId: string; topic: FollowedTopic }) {
  const t = useTranslations('traffic');
  const silence = useSilence();
  const range = useRange();
  const service = shown.latest?.services.find((each) => each.serviceId === serviceId);
  if (service === undefined) return <Skeleton label={t('loading')} rows={10} />;
  const since = silence(now.latest, service.directors);
  const directorName = (id: string) => shown.latest?.directors.find(({ directorId }) => directorId === id)?.name ?? id;
  const charts = (by: 'service' | 'realServer') => <ServiceCharts view={now} service={service} rangeMs={ranges[range]} by={by} />;
  return (
    <section aria-label={service.name} className="flex flex-col gap-3">
      <ServiceHead service={service} directorName={directorName} />
      {(now.latest?.directors ?? []).filter(({ directorId }) => service.health.some((each) => each.directorId === directorId))
        .map(({ directorId, name, checker }) => checker !== null && <CheckerNotice key={directorId} director={name} checker={checker} />)}
      <Stale since={since}>
        <div className={`flex flex-col gap-3 ${since === null ? '' : 'pt-3'}`}>
          {charts('service')}
          <Panel title={t('realServers')} sub={t('counted', { count: service.directors.length })} padded={false}>
            <RealServerTable service={service} stale={since !== null} directorName={directorName} />
          </Panel>
          {service.realServers.length > 0 && <h2 className="text-base font-semibold">{t('perRealServer')}</h2>}
          {service.realServers.length > 0 && charts('realServer')}
        </div>
      </Stale>
    </section>
  );
}

function ServiceHead({ service, directorName }: { service: LiveService; directorName: (id: string) => string }) {
  const t = useTranslations('traffic');
  const names = (ids: readonly string[]) => ids.map(directorName).join(', ');
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
        <span><span className="text-text">{service.name}</span> <span className="font-mono">{service.key}</span></span>
        <ServiceState service={service} />
        <ServiceHealthMark health={service.health} />
        {!service.wanted && <Badge tone="warn">{t('notInWanted')}</Badge>}
        {service.notAppliedOn.length > 0 && <Badge tone="draft">◇ {t('notAppliedOn', { directors: names(service.notAppliedOn) })}</Badge>}
        <span>{t('refused')} <RefusedFigure refused={service.refused} /></span>
      </p>
      {service.takesNoneOn.length > 0 && <Notice tone="error" what={t('takesNone', { service: service.name, directors: names(service.takesNoneOn) })} why={t('takesNoneWhy')} />}
    </>
  );
}
