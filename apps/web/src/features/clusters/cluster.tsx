'use client';
// One cluster: what is defined, who holds which VIP, and which revision each director has accepted.
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { DraftsOpen } from '../drafts/open-drafts.tsx';
import { StandingNotice } from '../revisions/standing-notice.tsx';
import { ClusterDrains } from '../drain/cluster-drains.tsx';
import { ClusterDrift } from '../drift/cluster-drift.tsx';
import { ClusterOverrides } from '../overrides/cluster-overrides.tsx';
import { RecentEvents } from '../events/recent-events.tsx';
import { NeedsRole, useOperates } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { When } from '../time/when.tsx';
import { ClusterDirectors } from './cluster-directors.tsx';
import { ClusterEnd } from './end/cluster-end.tsx';
import { IpvsadmView } from '../definition/ipvsadm-view.tsx';
import { MarkView } from '../definition/mark-view.tsx';
import { DefinedService } from './defined-service.tsx';
import { DeleteCluster } from './end/delete-cluster.tsx';
import { isPending } from './hold.tsx';
import { NotApplied } from './not-applied.tsx';
import { Revisions } from './revisions.tsx';
import { Applies } from './applies.tsx';
import { TryIt } from './try-it.tsx';
import { Vips } from './vips.tsx';
import { wantedOf, wantsNothing } from './wanted.ts';

const refreshMs = 5_000;

// Most who come here look at the tables first.
const ClusterPicture = dynamic(() => import('../canvas/cluster-picture.tsx').then((module) => module.ClusterPicture), { ssr: false });

export function Cluster({ clusterId }: { clusterId: string }) {
  const t = useTranslations('cluster');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }, { refetchInterval: refreshMs }));
  return (
    <Page>
      <PageHead
        title={cluster.data?.name ?? t('cluster')}
        sub={cluster.data && <WantedRevision cluster={cluster.data} />}
        actions={cluster.data && <Actions cluster={cluster.data} />}
      />
      <Loaded query={cluster} failed={t('loadFailed')} rows={8}>{(data) => <Parts cluster={data} />}</Loaded>
    </Page>
  );
}

function WantedRevision({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('cluster');
  const { number, author, createdAt } = wantedOf(cluster);
  return <>{t('head', { revision: number, author })} · <When at={createdAt} /></>;
}

function Actions({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('cluster');
  const exporting = useTranslations('exporting');
  const operates = useOperates(cluster.id);
  const pending = isPending(cluster.directors) && operates;
  return (
    <>
      <LinkButton href={`/clusters/${cluster.id}/live`}>{t('live')}</LinkButton>
      <LinkButton href={`/clusters/${cluster.id}/connections`}>{t('connections')}</LinkButton>
      <LinkButton href={`/clusters/${cluster.id}/export`}>{exporting('link')}</LinkButton>
      {cluster.retired === null && (
        <NeedsRole needs="operator" clusterId={cluster.id} what={t('edit')}>
          {!wantsNothing(cluster) && <DeleteCluster cluster={cluster} />}
          <LinkButton href={`/clusters/${cluster.id}/edit`}>{t('edit')}</LinkButton>
        </NeedsRole>
      )}
      <LinkButton href={`/clusters/${cluster.id}/change`} variant={pending ? 'primary' : 'secondary'}>{t(pending ? 'reviewAndApply' : 'review')}</LinkButton>
    </>
  );
}

function Parts({ cluster }: { cluster: ClusterView }) {
  const { definition } = wantedOf(cluster);
  return (
    <>
      <StandingNotice cluster={cluster} />
      <DraftsOpen clusterId={cluster.id} />
      <ClusterEnd cluster={cluster} />
      {cluster.retired === null && !wantsNothing(cluster) && <NotApplied cluster={cluster} shows="defined" />}
      <div className="grid gap-3 lg:grid-cols-2">
        <ClusterDirectors cluster={cluster} />
        <Vips cluster={cluster} />
      </div>
      <ClusterDrift cluster={cluster} />
      <ClusterDrains clusterId={cluster.id} />
      <ClusterOverrides cluster={cluster} />
      <RecentEvents filter={{ clusterId: cluster.id }} limit={6} />
      {definition.services.length > 0 && <ClusterPicture cluster={cluster} definition={definition} />}
      {definition.services.map((service) => <DefinedService key={service.id} clusterId={cluster.id} service={service} />)}
      <IpvsadmView definition={definition} nameOf={(id) => cluster.directors.find(({ directorId }) => directorId === id)?.name ?? id} />
      <MarkView definition={definition} clusterId={cluster.id} />
      <TryIt clusterId={cluster.id} />
      <div className="grid gap-3 lg:grid-cols-[3fr_2fr]">
        <Revisions cluster={cluster} />
        <Applies clusterId={cluster.id} />
      </div>
    </>
  );
}
