'use client';
// The connections of a cluster: read when somebody looks, on each of its directors. The filter stands in the address.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addressOf as serviceAddressOf, serviceKey } from '@weir/model';
import { Button, Empty, Panel } from '@weir/ui';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { addressOf, filterIn, type ConnectionsFilter } from '../../server/connections/filter.ts';
import { useTRPC, type Outputs } from '../../trpc/client.ts';
import { wantedOf } from '../clusters/wanted.ts';
import { useOperates } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { DirectorConnections } from './director-connections.tsx';
import { Filter } from './filter-form.tsx';

export function Connections({ clusterId }: { clusterId: string }) {
  const t = useTranslations('connections');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }));
  return (
    <Page>
      <PageHead
        title={t('title', { name: cluster.data?.name ?? '…' })}
        actions={<LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>}
      />
      <Loaded query={cluster} failed={t('clusterFailed')} rows={8}>{(data) => <Found cluster={data} />}</Loaded>
    </Page>
  );
}

function useFound(clusterId: string, filter: ConnectionsFilter, withEntries: boolean) {
  const { connections } = useTRPC();
  const { state, serviceId, directorId } = filter;
  const counted = { ...(state !== undefined && { state }), ...(serviceId !== undefined && { serviceId }), ...(directorId !== undefined && { directorId }) };
  // Reading takes a director's time: when a person looks, and not again by itself.
  const once = { staleTime: Infinity, gcTime: 0, refetchOnMount: false, placeholderData: keepPreviousData } as const;
  const found = useQuery({ ...connections.find.queryOptions({ clusterId, filter }, once), enabled: withEntries });
  const counts = useQuery({ ...connections.counts.queryOptions({ clusterId, filter: counted }, once), enabled: !withEntries });
  return withEntries ? found : counts;
}

function Found({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('connections');
  const [router, path] = [useRouter(), usePathname()];
  const filter = filterIn(new URLSearchParams(useSearchParams()));
  const withEntries = useOperates(cluster.id);
  const found = useFound(cluster.id, filter, withEntries);
  const services = wantedOf(cluster).definition.services.map(({ id, name, match }) => ({ value: id, label: `${name} · ${serviceKey(serviceAddressOf(match))}` }));
  const refresh = () => void found.refetch();
  return (
    <>
      <Panel title={t('filter')} padded={false} actions={<Button onClick={refresh} busy={found.isFetching}>{t('refresh')}</Button>}>
        <Filter
          filter={filter} services={services} directors={cluster.directors.map(({ directorId, name }) => ({ value: directorId, label: name }))} byAddress={withEntries}
          onFilter={(wanted) => router.replace(`${path}?${addressOf(wanted)}`, { scroll: false })}
        />
        {!withEntries && <p className="px-3 pb-3 text-sm text-muted">{t('countsOnly')}</p>}
      </Panel>
      <Loaded query={found} failed={t('loadFailed')} rows={8}>
        {(directors) => <Directors directors={directors} filter={filter} withEntries={withEntries} onRetry={refresh} busy={found.isFetching} />}
      </Loaded>
    </>
  );
}

interface DirectorsProps {
  directors: Outputs['connections']['find'];
  filter: ConnectionsFilter;
  withEntries: boolean;
  onRetry: () => void;
  busy: boolean;
}

function Directors({ directors, ...rest }: DirectorsProps) {
  const t = useTranslations('connections');
  if (directors.length === 0) return <Empty title={t('noDirector')} why={t('noDirectorWhy')} />;
  return directors.map((director) => <DirectorConnections key={director.directorId} director={director} {...rest} />);
}
