'use client';
// One virtual service: how it is defined, how its packets go, and what each real server's host needs for it.
import { useQuery } from '@tanstack/react-query';
import { addressOf, serviceKey } from '@weir/model';
import { Empty, Panel } from '@weir/ui';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { DefinedService } from '../clusters/defined-service.tsx';
import { wantedOf } from '../clusters/wanted.ts';
import { ClusterDrains } from '../drain/cluster-drains.tsx';
import { RecentEvents } from '../events/recent-events.tsx';
import { SetUpHost } from '../real-server-setup/set-up-host.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { WalkPanel } from './walk-panel.tsx';

const refreshMs = 5_000;

export interface ServiceProps {
  clusterId: string;
  serviceId: string;
}

export function Service({ clusterId, serviceId }: ServiceProps) {
  const t = useTranslations('servicePage');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }, { refetchInterval: refreshMs }));
  const service = cluster.data && wantedOf(cluster.data).definition.services.find(({ id }) => id === serviceId);
  return (
    <Page>
      <PageHead
        title={service?.name ?? t('service')}
        sub={service && <span className="font-mono">{serviceKey(addressOf(service.match))}</span>}
        actions={<LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>}
      />
      <Loaded query={cluster} failed={t('loadFailed')} rows={8}>{(data) => <Parts cluster={data} serviceId={serviceId} />}</Loaded>
    </Page>
  );
}

function Parts({ cluster, serviceId }: { cluster: ClusterView; serviceId: string }) {
  const t = useTranslations('servicePage');
  const router = useRouter();
  const path = usePathname();
  const asked = useSearchParams().get('rs');
  const { definition } = wantedOf(cluster);
  const service = definition.services.find(({ id }) => id === serviceId);
  if (service === undefined) return <Panel title={t('service')}><Empty title={t('noSuchService')} why={t('noSuchServiceWhy')} /></Panel>;
  const realServer = service.realServers.find(({ id }) => id === asked) ?? service.realServers[0];
  const directorName = (directorId: string) => cluster.directors.find((director) => director.directorId === directorId)?.name ?? directorId;
  const choose = (id: string) => router.replace(`${path}?${new URLSearchParams({ rs: id }).toString()}`, { scroll: false });
  return (
    <>
      <ClusterDrains clusterId={cluster.id} serviceId={service.id} />
      <DefinedService clusterId={cluster.id} service={service} />
      <RecentEvents filter={{ clusterId: cluster.id, serviceId: service.id }} limit={6} />
      {realServer !== undefined && (
        <>
          <WalkPanel key={realServer.id} definition={definition} service={service} realServer={realServer} directorName={directorName} onRealServer={choose} />
          <SetUpHost clusterId={cluster.id} definition={definition} rip={realServer.rip} />
        </>
      )}
    </>
  );
}
