'use client';
// One director: what it holds and where it drifts, as it last said; what others made on it and what its kernel is set to, asked of its agent.
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorPage, InspectionView } from '../../server/directors/director-page.ts';
import { useTRPC } from '../../trpc/client.ts';
import { LinkMark } from '../directors/link-mark.tsx';
import { RecentEvents } from '../events/recent-events.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { DirectorCharts } from './director-charts.tsx';
import { DriftPanel } from './drift-panel.tsx';
import { ForeignPanel } from './foreign-panel.tsx';
import { KernelPanel } from './kernel-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { SyncPanel } from './sync-panel.tsx';
import { VipsPanel } from './vips-panel.tsx';

const refreshMs = 3_000;
// The agent reads its whole table for it.
const inspectMs = 10_000;

export function Director({ directorId }: { directorId: string }) {
  const t = useTranslations('director');
  const trpc = useTRPC();
  const page = useQuery(trpc.directors.page.queryOptions({ directorId }, { refetchInterval: refreshMs }));
  const inspection = useQuery(trpc.directors.inspect.queryOptions({ directorId }, { refetchInterval: inspectMs }));
  return (
    <Page>
      <PageHead
        title={page.data?.director.name ?? t('director')} sub={page.data && <Head page={page.data} />}
        actions={<LinkButton href="/directors">{t('all')}</LinkButton>}
      />
      <Loaded query={page} failed={t('loadFailed')} rows={8}>
        {(data) => (
          <>
            <VipsPanel page={data} />
            <DriftPanel page={data} />
            <DirectorCharts directorId={directorId} name={data.director.name} />
            <RecentEvents filter={{ directorId }} limit={6} />
            <Loaded query={inspection} failed={t('inspectFailed')} rows={6}>{(found) => <Inspected page={data} found={found} />}</Loaded>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Head({ page: { director: { link, hello } } }: { page: DirectorPage }) {
  const t = useTranslations('director');
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      <LinkMark link={link} withReason />
      {hello !== null && t('head', { driver: hello.capabilities.driver, hostname: hello.hostname })}
    </span>
  );
}

function Inspected({ page, found }: { page: DirectorPage; found: InspectionView }) {
  const t = useTranslations('director');
  const { foreign, kernel } = found;
  const director = { directorId: page.director.id, name: page.director.name };
  const clusters = page.clusters.flatMap(({ clusterId, name }) => (name === null ? [] : [{ clusterId, name }]));
  if (kernel !== null) {
    return (
      <>
        <ForeignPanel foreign={foreign} director={director} clusters={clusters} />
        <KernelPanel kernel={kernel} page={page} />
        <SyncPanel daemons={kernel.daemons} />
        <SettingsPanel settings={kernel.settings} />
      </>
    );
  }
  const driver = page.director.hello?.capabilities.driver ?? '—';
  return (
    <>
      <ForeignPanel foreign={foreign} director={director} clusters={clusters} />
      <Panel title={t('kernel')}>
        <p className="font-medium">{t('notKernel')}</p>
        <p className="text-muted">{t('notKernelWhy', { driver })}</p>
      </Panel>
    </>
  );
}
