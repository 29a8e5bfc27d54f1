'use client';
// Where a director forwards otherwise than it should, since when, and what can be done about it.
import { Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorPage } from '../../server/directors/director-page.ts';
import { OperationLine } from '../changes/operation-line.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { useSince } from '../time/when.tsx';

export function DriftPanel({ page: { drift, clusters } }: { page: DirectorPage }) {
  const t = useTranslations('director');
  if (drift === null || drift.count === 0) {
    return <Panel title={t('drift')}><p className="text-muted">{t(drift === null ? 'driftUnheard' : 'driftNone')}</p></Panel>;
  }
  const { operations, count, sinceMs } = drift;
  return (
    <Panel title={t('drift')} sub={<DriftSub count={count} sinceMs={sinceMs} />} padded={false}>
      <ul>{operations.map((operation) => <OperationLine key={JSON.stringify(operation)} operation={operation} />)}</ul>
      {count > operations.length && <p className="border-t border-line px-3 py-1.5 text-muted">{t('driftMore', { count: count - operations.length })}</p>}
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
        <p className="max-w-[90ch] min-w-0 flex-1 basis-80">{t('driftTodo')}</p>
        {clusters.map(({ clusterId, name }) => (
          <LinkButton key={clusterId} href={`/clusters/${clusterId}/change`}>{t('reviewCluster', { name: name ?? t('unreadCluster') })}</LinkButton>
        ))}
      </div>
    </Panel>
  );
}

function DriftSub({ count, sinceMs }: { count: number; sinceMs: number | null }) {
  const t = useTranslations('director');
  const since = useSince();
  const counted = t('driftCount', { count });
  return sinceMs === null ? counted : `${counted} · ${t('driftSince', { since: since(sinceMs) })}`;
}
