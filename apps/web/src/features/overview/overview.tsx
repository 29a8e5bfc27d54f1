'use client';
// What all clusters carry now, how services and directors are, and the one next step where there is nothing yet.
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ClusterSummary } from '../../server/clusters/cluster-view.ts';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { RecentEvents } from '../events/recent-events.tsx';
import { SampleLoad } from '../sample-load/sample-load.tsx';
import { Loaded } from '../states/loaded.tsx';
import { PageHead } from '../states/page-head.tsx';
import { DirectorsPanel } from './directors-panel.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Layout } from './layout.tsx';
import { Outline } from './outline.tsx';
import { ServicesPanel } from './services/services-panel.tsx';
import { Throughput } from './throughput.tsx';
import { Topology } from './topology/topology.tsx';
import { TotalsStrip } from './totals.tsx';

const refreshMs = 3_000;
const everything = {};

export function Overview() {
  const t = useTranslations('overview');
  const trpc = useTRPC();
  const clusters = useQuery(trpc.clusters.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  const directors = useQuery(trpc.directors.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  return (
    // The window without the header and the page's own edges.
    <div className="flex min-w-0 flex-col gap-3 xl:h-[calc(100dvh-68px)] xl:min-h-160">
      <PageHead title={t('title')} />
      <Loaded query={directors} failed={t('directorsFailed')} outline={<Outline />}>
        {(knownDirectors) => (
          <Loaded query={clusters} failed={t('clustersFailed')} outline={<Outline />}>
            {(knownClusters) => <Parts clusters={knownClusters} directors={knownDirectors} />}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

function Parts({ clusters, directors }: { clusters: readonly ClusterSummary[]; directors: readonly DirectorView[] }) {
  if (clusters.length === 0) {
    return (
      <>
        <FirstSteps directors={directors.length} />
        {directors.length > 0 && <DirectorsPanel directors={directors} />}
      </>
    );
  }
  return (
    <Layout
      totals={<TotalsStrip directors={directors} />}
      services={<ServicesPanel clusters={clusters} />}
      throughput={<Throughput />}
      aside={(
        <>
          <Topology clusters={clusters} />
          <DirectorsPanel directors={directors} />
          <RecentEvents filter={everything} className="xl:min-h-0 xl:flex-1 xl:[&>div]:relative xl:[&>div]:overflow-y-auto xl:[&>div]:mask-b-from-[calc(100%-20px)]" />
          <SampleLoad />
        </>
      )}
    />
  );
}
