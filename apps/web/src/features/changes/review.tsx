'use client';
// Review before apply: every director's operations, what they cost, and the order to do them.
import { useQuery } from '@tanstack/react-query';
import { Empty } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ReviewedPlan } from '../../server/changes/change-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { OverridesStay } from '../overrides/overrides-stay.tsx';
import { StandingNotice } from '../revisions/standing-notice.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { ApplyBar } from './apply-bar.tsx';
import { DirectorPlanPanel } from './director-plan.tsx';
import { HealthChanges } from './health/health-changes.tsx';
import { PlanSummary } from './size/plan-summary.tsx';

export function Review({ clusterId }: { clusterId: string }) {
  const t = useTranslations('changes');
  const trpc = useTRPC();
  // What a person reviews must not change under the eyes: asked again only by wish.
  const plan = useQuery(trpc.changes.plan.queryOptions({ clusterId }, { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false }));
  const cluster = useQuery(trpc.clusters.get.queryOptions({ clusterId }));
  return (
    <Page>
      <PageHead
        title={t('title', { name: cluster.data?.name ?? '…' })}
        sub={plan.data && t('revision', { revision: plan.data.revision })}
        actions={<LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>}
      />
      {cluster.data && <StandingNotice cluster={cluster.data} />}
      <Loaded query={plan} failed={t('planFailed')} rows={6}>
        {(data) => <Parts plan={data} cluster={cluster.data} onAgain={() => void plan.refetch()} asking={plan.isFetching} />}
      </Loaded>
    </Page>
  );
}

interface PartsProps {
  plan: ReviewedPlan;
  cluster: ClusterView | undefined;
  onAgain: () => void;
  asking: boolean;
}

function Parts({ plan, cluster, onAgain, asking }: PartsProps) {
  const t = useTranslations('changes');
  const revision = [cluster?.wanted, cluster?.head].find((one) => one?.number === plan.revision) ?? null;
  if (plan.directors.length === 0) return <Empty title={t('noDirectors')} why={t('noDirectorsWhy')} />;
  return (
    <>
      <PlanSummary plan={plan} revision={revision} />
      <OverridesStay clusterId={plan.clusterId} leaves={revision !== null && revision.definition.directors.length === 0} />
      <HealthChanges health={plan.health} />
      {plan.directors.map((director) => (
        <DirectorPlanPanel key={director.directorId} director={director} traffic={plan.traffic.find(({ directorId }) => directorId === director.directorId) ?? null} />
      ))}
      <ApplyBar plan={plan} name={cluster?.name ?? ''} onAgain={onAgain} asking={asking} />
    </>
  );
}
