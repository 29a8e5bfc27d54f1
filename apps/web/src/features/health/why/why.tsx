'use client';
// Why one real server stands as it does in one service: what each director asked and heard, and the rule that decided; then what changed before.
import { useQuery } from '@tanstack/react-query';
import { formatEndpoint } from '@weir/model';
import { Button, Empty, Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { wantedOf } from '../../clusters/wanted.ts';
import { LinkButton } from '../../states/link-button.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { Page, PageHead } from '../../states/page-head.tsx';
import type { HealthPlace } from '../state/why-path.ts';
import { Changes } from './changes.tsx';
import { DirectorEvidence } from './director-evidence.tsx';

const refreshMs = 5_000;

export function Why({ clusterId, serviceId, realServerId }: HealthPlace) {
  const t = useTranslations('health');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }, { refetchInterval: refreshMs }));
  const service = cluster.data && wantedOf(cluster.data).definition.services.find(({ id }) => id === serviceId);
  const realServer = service?.realServers.find(({ id }) => id === realServerId);
  return (
    <Page>
      <PageHead
        title={t('title', { realServer: realServer?.name ?? realServerId })}
        sub={realServer && service && <><span className="font-mono">{formatEndpoint(realServer.rip, realServer.port)}</span> · {service.name}</>}
        actions={(
          <>
            <LinkButton href={`/clusters/${clusterId}/live?service=${serviceId}`}>{t('page.toLive')}</LinkButton>
            <LinkButton href={`/clusters/${clusterId}/services/${serviceId}?rs=${realServerId}`}>{t('page.toService')}</LinkButton>
          </>
        )}
      />
      <Loaded query={cluster} failed={t('page.loadFailed')} rows={8}>{(data) => <Evidence cluster={data} serviceId={serviceId} realServerId={realServerId} />}</Loaded>
    </Page>
  );
}

function Evidence({ cluster, serviceId, realServerId }: { cluster: ClusterView; serviceId: string; realServerId: string }) {
  const t = useTranslations('health');
  const place = { clusterId: cluster.id, serviceId, realServerId };
  const { health } = useTRPC();
  const found = useQuery(health.evidence.queryOptions(place, { refetchInterval: refreshMs }));
  const service = wantedOf(cluster).definition.services.find(({ id }) => id === serviceId);
  const refresh = () => void found.refetch();
  if (service !== undefined && service.health === undefined) return <Panel title={t('page.service')}><Empty title={t('notChecked')} why={t('notCheckedWhy')} /></Panel>;
  return (
    <>
      <div><Button onClick={refresh} busy={found.isFetching}>{t('page.refresh')}</Button></div>
      <Loaded query={found} failed={t('page.loadFailed')} rows={8}>
        {(directors) => (directors.length === 0 ? <Panel title={t('tries.title')}><Empty title={t('states.unheard')} why={t('page.notAsked')} /></Panel> : (
          <div className="grid items-start gap-3 *:min-w-0 2xl:grid-cols-2">
            {directors.map((director) => <DirectorEvidence key={director.directorId} director={director} checks={service?.health?.checks ?? []} onRetry={refresh} busy={found.isFetching} />)}
          </div>
        ))}
      </Loaded>
      <Changes place={place} />
    </>
  );
}
