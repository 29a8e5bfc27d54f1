'use client';
// The connections of a cluster: read when somebody looks, on each of its directors. The filter stands in the address.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addressOf as serviceAddressOf, serviceKey } from '@weir/model';
import { Button, Panel, Switch } from '@weir/ui';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { addressOf, countsFilterOf, CountsGrouping, filterOf, viewIn, withoutClients, type ConnectionsView } from '../../server/connections/filter.ts';
import { useTRPC } from '../../trpc/client.ts';
import { wantedOf } from '../clusters/wanted.ts';
import { useOperates } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { againMs } from './again.ts';
import { Asking } from './asking.tsx';
import { Directors } from './directors.tsx';
import { Filter } from './filter-form.tsx';
import { Follow } from './follow/follow.tsx';
import { groupNames } from './group-names.ts';

export function Connections({ clusterId }: { clusterId: string }) {
  const t = useTranslations('connections');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }));
  return (
    <Page>
      <PageHead
        title={t('title', { name: cluster.data?.name ?? '…' })}
        actions={<LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>}
      />
      <Loaded query={cluster} failed={t('clusterFailed')} rows={8}>{(data) => <Found key={clusterId} cluster={data} />}</Loaded>
    </Page>
  );
}

function useFound(clusterId: string, view: ConnectionsView, withEntries: boolean) {
  const { connections } = useTRPC();
  const groupBy = view.groupBy === 'director' ? undefined : view.groupBy;
  const counted = CountsGrouping.safeParse(groupBy).data;
  // Reading takes a director's time: when a person looks, and again by itself only where they say so.
  const once = {
    staleTime: Infinity, gcTime: 0, refetchOnMount: false, placeholderData: keepPreviousData, refetchInterval: againMs(view),
  } as const;
  const found = useQuery({ ...connections.find.queryOptions({ clusterId, filter: filterOf(view), ...(groupBy !== undefined && { groupBy }) }, once), enabled: withEntries });
  const counts = useQuery({ ...connections.counts.queryOptions({ clusterId, filter: countsFilterOf(view), ...(counted !== undefined && { groupBy: counted }) }, once), enabled: !withEntries });
  return withEntries ? found : counts;
}

/** The question that what is shown answers: until the newest one is answered, the one before. */
function useAnswered({ data, isPlaceholderData }: ReturnType<typeof useFound>, view: ConnectionsView): ConnectionsView {
  const [last, setLast] = useState(view);
  if (data !== undefined && !isPlaceholderData && addressOf(last) !== addressOf(view)) setLast(view);
  return isPlaceholderData ? last : view;
}

function Found({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('connections');
  const [router, path] = [useRouter(), usePathname()];
  const asked = viewIn(new URLSearchParams(useSearchParams()));
  const withEntries = useOperates(cluster.id);
  const view = withEntries ? asked : withoutClients(asked);
  const found = useFound(cluster.id, view, withEntries);
  const answered = useAnswered(found, view);
  const defined = wantedOf(cluster).definition.services;
  const services = defined.map(({ id, name, match }) => ({ value: id, label: `${name} · ${serviceKey(serviceAddressOf(match))}` }));
  const refresh = () => void found.refetch();
  const placeOf = (wanted: ConnectionsView) => `${path}?${addressOf(wanted)}`;
  // What a person looks for is a step to come back from; to look for the same is to read it again.
  const show = (wanted: ConnectionsView) => (addressOf(wanted) === addressOf(view) ? refresh() : router.push(placeOf(wanted), { scroll: false }));
  const { again, ...calm } = view;
  return (
    <>
      <Panel title={t('filter')} padded={false} actions={<><Switch label={t('again')} checked={again !== undefined} onChange={(on) => router.replace(placeOf(on ? { ...calm, again: 'yes' } : calm), { scroll: false })} /><Button onClick={refresh} busy={found.isFetching}>{t('refresh')}</Button></>}>
        <Filter
          view={view} services={services} directors={cluster.directors.map(({ directorId, name }) => ({ value: directorId, label: name }))} byAddress={withEntries}
          onView={show}
        />
        {!withEntries && <p className="px-3 pb-3 text-sm text-muted">{t('countsOnly')}</p>}
        <Asking cluster={cluster} view={view} busy={found.isFetching} />
      </Panel>
      {withEntries && <Follow cluster={cluster} view={view} onView={show} />}
      <Loaded query={found} failed={t('loadFailed')} rows={8}>
        {(directors) => (
          <Directors
            directors={directors} view={answered} nameOf={groupNames(defined, answered, withEntries)} withEntries={withEntries} onRetry={refresh} busy={found.isFetching}
            before={found.isPlaceholderData}
          />
        )}
      </Loaded>
    </>
  );
}
