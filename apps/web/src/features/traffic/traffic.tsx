'use client';
// What a cluster carries, now and before: in sum, by service with its real servers, or one real server.
import { useQuery } from '@tanstack/react-query';
import { Empty, Skeleton } from '@weir/ui';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { clusterTopic, serviceTopic } from '../../live/topic.ts';
import { useTRPC } from '../../trpc/client.ts';
import { RangeBar } from '../charts/range/range-bar.tsx';
import { useRange, type RangeChoice } from '../charts/range/use-range.ts';
import { NotApplied } from '../clusters/not-applied.tsx';
import { wantedOf } from '../clusters/wanted.ts';
import { ClusterDrains } from '../drain/cluster-drains.tsx';
import { useTopic, type FollowedTopic } from '../live/live-provider.tsx';
import { SampleLoad } from '../sample-load/sample-load.tsx';
import { Failure } from '../states/failure.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { ClusterTraffic } from './view/cluster-traffic.tsx';
import { allServices, GoneService, ServiceSelect } from './view/service-choice.tsx';
import { ServiceTraffic, type ServiceTrafficProps } from './view/service-traffic.tsx';

const refreshMs = 5_000;

export function Traffic({ clusterId }: { clusterId: string }) {
  const t = useTranslations('traffic');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }, { refetchInterval: refreshMs }));
  const topic = useTopic(clusterTopic(clusterId));
  const choice = useRange();
  const services = topic.shown.latest?.services ?? [];
  const chosenId = useSearchParams().get('service');
  const inSum = chosenId === allServices;
  const chosen = inSum ? undefined : services.find(({ serviceId }) => chosenId === null || serviceId === chosenId);
  const gone = chosenId !== null && !inSum && chosen === undefined && services.length > 0;
  const directors = cluster.data?.directors.length ?? 0;
  const defined = cluster.data && wantedOf(cluster.data).definition.services.find(({ id }) => id === chosen?.serviceId);
  return (
    <Page>
      <PageHead
        title={t('title', { name: cluster.data?.name ?? '…' })}
        actions={(
          <>
            {services.length > 1 && !gone && <ServiceSelect services={services} chosen={inSum ? allServices : chosen?.serviceId ?? ''} />}
            <RangeBar choice={choice} />
            <LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>
          </>
        )}
      />
      {cluster.error !== null && <Failure what={t('loadFailed')} error={cluster.error} busy={cluster.isFetching} onRetry={() => void cluster.refetch()} />}
      {cluster.data && <NotApplied cluster={cluster.data} shows="forwarded" />}
      <ClusterDrains clusterId={clusterId} />
      {inSum && <ClusterTraffic clusterId={clusterId} topic={topic} choice={choice} directors={directors} />}
      {chosen !== undefined && (
        <OneOrLarge key={chosen.serviceId} clusterId={clusterId} serviceId={chosen.serviceId} topic={topic} choice={choice} directors={directors} scheduler={defined?.scheduler ?? null} />
      )}
      {gone && <GoneService services={services} />}
      {services.length === 0 && !inSum && cluster.error === null && <NoService clusterId={clusterId} topic={topic} />}
      <SampleLoad />
    </Page>
  );
}

function NoService({ clusterId, topic: { now } }: { clusterId: string; topic: FollowedTopic }) {
  const t = useTranslations('traffic');
  if (!now.caughtUp || now.latest === null) return <Skeleton label={t('loading')} rows={10} />;
  return <Empty title={t('empty')} why={t('emptyWhy')} action={<LinkButton href={`/clusters/${clusterId}/change`}>{t('review')}</LinkButton>} />;
}

type OneProps = Omit<ServiceTrafficProps, 'topic'> & { topic: FollowedTopic; choice: RangeChoice };

/** A cluster too large for one tick leaves its real servers out: then the service is followed by itself. */
function OneOrLarge(props: OneProps) {
  const ofCluster = props.topic.now.latest?.services.find((each) => each.serviceId === props.serviceId);
  const partial = ofCluster !== undefined && ofCluster.realServerCount > ofCluster.realServers.length;
  return partial ? <LargeService {...props} /> : <ServiceTraffic {...props} />;
}

function LargeService(props: OneProps) {
  return <ServiceTraffic {...props} topic={useTopic(serviceTopic(props.clusterId, props.serviceId))} />;
}
