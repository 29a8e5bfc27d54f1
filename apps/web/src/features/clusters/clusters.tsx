'use client';
// All clusters.
import { useQuery } from '@tanstack/react-query';
import { Badge, DataTable, Empty, Panel, type Column } from '@weir/ui';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ClusterSummary } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { DraftMarks, NewClusterDraft } from '../drafts/open-drafts.tsx';
import { ApprovalMark } from '../revisions/approval-mark.tsx';
import { NeedsRole } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { When } from '../time/when.tsx';
import { Hold, isPending } from './hold.tsx';
import { RetiredClusters } from './end/retired-clusters.tsx';

const refreshMs = 5_000;

export function Clusters() {
  const t = useTranslations('clusters');
  const clusters = useQuery(useTRPC().clusters.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  const importing = useTranslations('importing');
  const create = (
    <>
      <NeedsRole needs="operator" what={t('create')}>
        <LinkButton href="/clusters/import">{importing('link')}</LinkButton>
        <LinkButton href="/clusters/new" variant="primary">{t('create')}</LinkButton>
      </NeedsRole>
    </>
  );
  return (
    <Page>
      <PageHead title={t('title')} actions={create} />
      <NewClusterDraft />
      <Panel title={t('all')} sub={clusters.data?.length} padded={false}>
        <Loaded query={clusters} failed={t('loadFailed')} rows={4}>
          {(rows) => <ClusterTable rows={rows} />}
        </Loaded>
      </Panel>
      <RetiredClusters />
    </Page>
  );
}

function ClusterTable({ rows }: { rows: readonly ClusterSummary[] }) {
  const t = useTranslations('clusters');
  const locale = useLocale();
  const router = useRouter();
  const columns = useMemo((): Column<ClusterSummary>[] => [
    { id: 'name', header: t('name'), sortBy: ({ name }) => name, cell: (cluster) => <Named cluster={cluster} /> },
    { id: 'services', header: t('services'), numeric: true, wideOnly: true, sortBy: ({ services }) => services, cell: ({ services }) => services },
    { id: 'realServers', header: t('realServers'), numeric: true, wideOnly: true, sortBy: ({ realServers }) => realServers, cell: ({ realServers }) => realServers },
    { id: 'head', header: t('head'), wideOnly: true, sortBy: ({ head }) => head.number, cell: (cluster) => <Newest cluster={cluster} /> },
    { id: 'directors', header: t('directors'), wideOnly: true, cell: ({ directors }) => <DirectorHolds directors={directors} /> },
    { id: 'author', header: t('author'), wideOnly: true, cell: ({ head }) => head.author },
    { id: 'createdAt', header: t('createdAt'), wideOnly: true, sortBy: ({ head }) => head.createdAt.getTime(), cell: ({ head }) => <When at={head.createdAt} /> },
  ], [t]);
  return (
    <DataTable
      caption={t('all')}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      locale={locale}
      onOpen={({ id }) => router.push(`/clusters/${id}`)}
      initialSort={{ id: 'name', descending: false }}
      empty={<Empty title={t('empty')} why={t('emptyWhy')} />}
    />
  );
}

/** On a narrow screen all of a cluster stands here. */
function Named({ cluster }: { cluster: ClusterSummary }) {
  const { id, name, services, realServers, head, directors } = cluster;
  const counts = useTranslations('draftTable');
  return (
    <div className="max-md:py-1.5 max-md:whitespace-normal max-md:wrap-anywhere">
      <span className="inline-flex flex-wrap items-center gap-x-2"><Link href={`/clusters/${id}`} className="max-md:inline-flex max-md:min-h-6 max-md:items-center">{name}</Link><DraftMarks clusterId={id} /></span>
      <div className="flex flex-col gap-0.5 text-sm md:hidden">
        <span>{counts('counts', { services, realServers })}</span>
        <Newest cluster={cluster} />
        <span className="text-muted">{head.author} · <When at={head.createdAt} /></span>
        <DirectorHolds directors={directors} />
      </div>
    </div>
  );
}

function Newest({ cluster: { head, directors } }: { cluster: ClusterSummary }) {
  const t = useTranslations('clusters');
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      {t('revision', { revision: head.number })}
      {(head.approval.state === 'proposed' || head.approval.state === 'rejected') && <ApprovalMark approval={head.approval} />}
      {isPending(directors) && <Badge tone="draft">◇ {t('pending')}</Badge>}
    </span>
  );
}

function DirectorHolds({ directors }: { directors: ClusterSummary['directors'] }) {
  return (
    <ul className="flex flex-wrap gap-x-3">
      {directors.map((director) => (
        <li key={director.directorId} className="flex gap-1.5">{director.name} <Hold director={director} /></li>
      ))}
    </ul>
  );
}
