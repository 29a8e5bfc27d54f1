'use client';
// Where a director forwards otherwise than it should, since when, and what can be done about it.
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorPage } from '../../server/directors/director-page.ts';
import type { DirectorDrift } from '../../server/drift/drift-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { DecideDrift } from '../drift/decide-drift.tsx';
import { DriftRows } from '../drift/drift-rows.tsx';
import { DriftSub } from '../drift/drift-sub.tsx';
import { WholeDrift } from '../drift/whole-drift.tsx';
import { Loaded } from '../states/loaded.tsx';

const refreshMs = 3_000;

export function DriftPanel({ page }: { page: DirectorPage }) {
  const t = useTranslations('director');
  const drift = useQuery(useTRPC().drift.ofDirector.queryOptions({ directorId: page.director.id }, { refetchInterval: refreshMs }));
  return <Loaded query={drift} failed={t('driftFailed')} rows={2}>{(data) => <Heard page={page} drift={data} />}</Loaded>;
}

function Heard({ page: { clusters }, drift }: { page: DirectorPage; drift: DirectorDrift }) {
  const t = useTranslations('director');
  const { heard, answers, directorId } = drift;
  if (heard === null || heard.count === 0) {
    // What a silent director does now nobody knows.
    const said = heard === null ? 'driftUnheard' : answers ? 'driftNone' : 'driftNoneHeard';
    return <Panel title={t('drift')}><p className="text-muted">{t(said)}</p></Panel>;
  }
  const { rows, count } = heard;
  const concerned = clusters.filter(({ clusterId }) => rows.some((row) => row.clusterId === clusterId || row.clusterId === null));
  return (
    <Panel title={t('drift')} sub={<DriftSub heard={heard} answers={answers} />} padded={false}>
      <WholeDrift drift={drift} clusterId={null} left={count - rows.length}>
        {(shown) => <DriftRows directorId={directorId} rows={shown.rows} anyClusterId={clusters[0]?.clusterId ?? null} />}
      </WholeDrift>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
        <p className="max-w-[90ch] min-w-0 flex-1 basis-80">{t('driftTodo')}</p>
        {answers && concerned.map(({ clusterId, name }) => (
          <DecideDrift key={clusterId} clusterId={clusterId} cluster={name ?? t('unreadCluster')} director={drift} />
        ))}
      </div>
    </Panel>
  );
}
