'use client';
// Directors as rows.
import { Badge, Copy, DataTable, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ClusterSummary } from '../../server/clusters/cluster-view.ts';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useMay } from '../session/person.tsx';
import { Drift } from './drift.tsx';
import { DirectorTaskDialog, DirectorTasks, type DoneTask } from './director-tasks.tsx';
import { LinkMark } from './link-mark.tsx';

// Enough to compare by eye; the whole is copied.
const shownOfHash = 12;

export interface DirectorTableProps {
  directors: readonly DirectorView[];
  clusters: readonly ClusterSummary[];
}

export function DirectorTable({ directors, clusters }: DirectorTableProps) {
  const t = useTranslations('directors');
  const locale = useLocale();
  const admin = useMay('admin');
  const [doing, setDoing] = useState<DoneTask | null>(null);
  const columns = useMemo((): Column<DirectorView>[] => [
    { id: 'name', header: t('name'), sortBy: ({ name }) => name, cell: ({ id, name }) => <Name id={id} name={name} alone={isAlone(id, clusters)} /> },
    { id: 'link', header: t('link'), cell: ({ link }) => <LinkMark link={link} withReason /> },
    { id: 'drift', header: t('drift'), cell: (director) => <Drift director={director} /> },
    { id: 'accepted', header: t('accepted'), cell: (director) => <Accepted director={director} clusters={clusters} /> },
    { id: 'driver', header: t('driver'), mono: true, cell: ({ hello }) => hello?.capabilities.driver ?? '—' },
    { id: 'host', header: t('host'), mono: true, cell: ({ hello }) => hello?.hostname ?? '—' },
    { id: 'address', header: t('address'), mono: true, sortBy: ({ address }) => address, cell: ({ address }) => address },
    { id: 'agent', header: t('agent'), mono: true, cell: ({ hello }) => hello?.agentVersion ?? '—' },
    { id: 'key', header: t('key'), mono: true, cell: ({ keyHash }) => <KeyHash hash={keyHash} /> },
    ...(admin ? [{
      id: 'tasks', header: t('tasks'), hideHeader: true,
      cell: (director: DirectorView) => <DirectorTasks director={director} onTask={(task) => setDoing({ task, director })} />,
    }] : []),
  ], [t, clusters, admin]);
  return (
    <>
      <DataTable
        caption={t('all')} columns={columns} rows={directors} rowId={({ id }) => id} locale={locale}
        initialSort={{ id: 'name', descending: false }}
        isStale={({ link }) => link.state !== 'connected' && link.state !== 'connecting'}
      />
      {doing !== null && <DirectorTaskDialog key={doing.director.id} {...doing} onClose={() => setDoing(null)} />}
    </>
  );
}

/** Whether a cluster has no other director. */
function isAlone(directorId: string, clusters: readonly ClusterSummary[]): boolean {
  return clusters.some(({ directors }) => {
    const staying = directors.filter(({ state }) => state !== 'leaving');
    return staying.length === 1 && staying[0]?.directorId === directorId;
  });
}

function Name({ id, name, alone }: { id: string; name: string; alone: boolean }) {
  const t = useTranslations('directors');
  return (
    <span className="inline-flex items-center gap-2">
      <Link href={`/directors/${id}`}>{name}</Link>
      {alone && <Badge tone="warn">▲ {t('singlePoint')}</Badge>}
    </span>
  );
}

function Accepted({ director, clusters }: { director: DirectorView; clusters: readonly ClusterSummary[] }) {
  const t = useTranslations('directors');
  if (director.accepted === null || director.accepted.length === 0) return <span className="text-muted">{director.accepted === null ? '—' : t('acceptedNone')}</span>;
  return (
    <ul className="flex max-w-44 flex-wrap gap-x-3 py-0.5 wrap-anywhere whitespace-normal">
      {director.accepted.map(({ clusterId, revision }) => (
        <li key={clusterId}>
          <Link href={`/clusters/${clusterId}`}>{clusters.find(({ id }) => id === clusterId)?.name ?? t('unlisted')}</Link> {t('revision', { revision })}
        </li>
      ))}
    </ul>
  );
}

function KeyHash({ hash }: { hash: string }) {
  const t = useTranslations('tryIt');
  return (
    <span className="inline-flex items-center gap-1" title={hash}>
      {hash.slice(0, shownOfHash)}…
      <Copy value={hash} label={t('copy', { command: hash.slice(0, shownOfHash) })} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
    </span>
  );
}
