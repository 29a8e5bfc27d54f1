'use client';
// What all clusters carry now, how the directors are, and the one next step where there is nothing yet.
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ClusterSummary } from '../../server/clusters/cluster-view.ts';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { SampleLoad } from '../sample-load/sample-load.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { ClusterFigures } from './cluster-figures.tsx';
import { ClusterServices } from './cluster-services.tsx';
import { DirectorsPanel } from './directors-panel.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Totals } from './totals.tsx';

const refreshMs = 3_000;
// Each cluster shown with its services is a topic of the tab's stream.
const detailedMax = 8;

export function Overview() {
  const t = useTranslations('overview');
  const trpc = useTRPC();
  const clusters = useQuery(trpc.clusters.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  const directors = useQuery(trpc.directors.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  return (
    <Page>
      <PageHead title={t('title')} />
      <Loaded query={directors} failed={t('directorsFailed')} rows={3}>
        {(knownDirectors) => (
          <Loaded query={clusters} failed={t('clustersFailed')} rows={6}>
            {(knownClusters) => <Parts clusters={knownClusters} directors={knownDirectors} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Parts({ clusters, directors }: { clusters: readonly ClusterSummary[]; directors: readonly DirectorView[] }) {
  const t = useTranslations('overview');
  if (clusters.length === 0) {
    return (
      <>
        <FirstSteps directors={directors.length} />
        {directors.length > 0 && <DirectorsPanel directors={directors} />}
      </>
    );
  }
  return (
    <>
      <Totals directors={directors} />
      {clusters.length > detailedMax ? <ClusterFigures /> : clusters.map((cluster) => <ClusterServices key={cluster.id} cluster={cluster} />)}
      <DirectorsPanel directors={directors} />
      <SampleLoad />
      {clusters.length > detailedMax && <div><LinkButton href="/clusters">{t('allClusters')}</LinkButton></div>}
    </>
  );
}
