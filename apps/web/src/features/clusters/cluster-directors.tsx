'use client';
// The cluster's directors: what each has accepted, and whether it forwards that.
import { useQuery } from '@tanstack/react-query';
import { Badge, DataTable, Empty, Panel, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo, type ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ClusterDirectorView, ClusterView } from '../../server/clusters/cluster-view.ts';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Drift } from '../directors/drift.tsx';
import { LinkMark } from '../directors/link-mark.tsx';
import { Hold } from './hold.tsx';
import { wantedOf } from './wanted.ts';

const refreshMs = 2_000;

interface Row extends ClusterDirectorView {
  readonly dip: string;
  readonly director: DirectorView | undefined;
}

export function ClusterDirectors({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('cluster');
  const locale = useLocale();
  const directors = useQuery(useTRPC().directors.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  const rows = cluster.directors.map((each): Row => ({
    ...each,
    dip: dipOf(cluster, each.directorId),
    director: directors.data?.find(({ id }) => id === each.directorId),
  }));
  const columns = useMemo((): Column<Row>[] => [
    { id: 'name', header: t('director'), cell: ({ name }) => name },
    { id: 'dip', header: 'DIP', mono: true, cell: ({ dip }) => dip },
    { id: 'link', header: t('link'), cell: ({ director, link }) => <Wrapped><LinkMark link={director?.link ?? { state: link, lastSeenAt: null, error: null }} /></Wrapped> },
    { id: 'accepted', header: t('accepted'), cell: (row) => <Hold director={row} /> },
    { id: 'drift', header: t('drift'), cell: ({ director }) => (director === undefined ? <span className="text-muted">—</span> : <Wrapped><Drift director={director} /></Wrapped>) },
    {
      id: 'connections', header: t('connections'), hideHeader: true,
      cell: ({ directorId, name }) => <Link href={`/clusters/${cluster.id}/connections?directorId=${directorId}`} aria-label={t('connectionsOf', { director: name })}>{t('connections')}</Link>,
    },
  ], [t, cluster.id]);
  const alone = wantedOf(cluster).definition.directors.length === 1;
  return (
    <Panel title={t('directors')} padded={false} actions={alone && <Badge tone="warn">▲ {t('singlePoint')}</Badge>}>
      <DataTable
        caption={t('directors')} columns={columns} rows={rows} rowId={({ directorId }) => directorId} locale={locale}
        isStale={({ link }) => link !== 'connected' && link !== 'connecting'}
        empty={<Empty title={t('noDirectors')} why={t('noDirectorsWhy')} />}
      />
    </Panel>
  );
}

/** What a silent director was heard to say is long, and the table has half of the page. */
function Wrapped({ children }: { children: ReactNode }) {
  return <span className="block min-w-24 whitespace-normal">{children}</span>;
}

function dipOf(cluster: ClusterView, directorId: string): string {
  const dip = wantedOf(cluster).definition.directors.find((director) => director.directorId === directorId)?.dip;
  return [dip?.ipv4, dip?.ipv6].filter((address) => typeof address === 'string').join(' ') || '—';
}
