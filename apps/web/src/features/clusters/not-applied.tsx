'use client';
// Which directors forward something else than the wanted revision, and which of them went back from it.
import { useQuery } from '@tanstack/react-query';
import { Notice } from '@weir/ui';
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl';
import type { ApplySummary } from '../../server/changes/change-view.ts';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { momentText } from '../time/moment-text.ts';
import { useNow } from '../time/now.ts';
import { isPending } from './hold.tsx';
import { wantedOf } from './wanted.ts';

const refreshMs = 5_000;

/** `shows`: what the page beneath tells, as it is defined or as it is forwarded. */
export function NotApplied({ cluster, shows }: { cluster: ClusterView; shows: 'defined' | 'forwarded' }) {
  const t = useTranslations('notApplied');
  const pending = cluster.directors.filter((director) => isPending([director]));
  if (pending.length === 0) return null;
  return (
    <Notice
      tone="warn" what={t('what', { directors: pending.map(({ name }) => name).join(', ') })} why={t(`why.${shows}`)}
      todo={<WentBack clusterId={cluster.id} revision={wantedOf(cluster).number} directorIds={pending.map(({ directorId }) => directorId)} />}
    />
  );
}

interface WentBackProps {
  clusterId: string;
  revision: number;
  directorIds: readonly string[];
}

function WentBack({ clusterId, revision, directorIds }: WentBackProps) {
  const applies = useQuery(useTRPC().changes.list.queryOptions({ clusterId, revision }, { refetchInterval: refreshMs }));
  return backIn(applies.data ?? [], directorIds).map(({ applyId, directorId }) => <BackFrom key={directorId} applyId={applyId} directorId={directorId} />);
}

/** Those that went back from their last apply of the revision. */
function backIn(newestFirst: readonly ApplySummary[], directorIds: readonly string[]): { readonly applyId: string; readonly directorId: string }[] {
  return directorIds.flatMap((directorId) => {
    const last = newestFirst.find(({ directors }) => directors.some((director) => director.directorId === directorId && director.state !== 'notSent'));
    const wentBack = last?.directors.some((director) => director.directorId === directorId && director.confirmation === 'wentBack') ?? false;
    return last !== undefined && wentBack ? [{ applyId: last.id, directorId }] : [];
  });
}

function BackFrom({ applyId, directorId }: { applyId: string; directorId: string }) {
  const t = useTranslations('notApplied');
  const locale = useLocale();
  const now = useNow();
  const { data: apply } = useQuery(useTRPC().changes.get.queryOptions({ applyId }));
  const director = apply?.directors.find((each) => each.directorId === directorId);
  if (apply === undefined || director?.wentBack == null) return null;
  const { base, why, finishedAtMs } = director.wentBack;
  const of = { director: director.name, revision: apply.revision, at: momentText(finishedAtMs, now ?? finishedAtMs, locale), why };
  return <Link className="block underline" href={`/changes/${applyId}`}>{base === null ? t('backToNone', of) : t('backTo', { ...of, base })}</Link>;
}
