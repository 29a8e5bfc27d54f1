'use client';
// The differences between a revision and another one, which the reader chooses.
import { skipToken, useQuery } from '@tanstack/react-query';
import { Panel, Select } from '@weir/ui';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import type { RevisionDetail } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Loaded } from '../states/loaded.tsx';
import { comparedWith } from './compared-with.ts';
import { DifferenceList } from './difference-list.tsx';

export interface ComparedProps {
  clusterId: string;
  revision: RevisionDetail;
  nameOf: (directorId: string) => string;
}

export function Compared({ clusterId, revision, nameOf }: ComparedProps) {
  const t = useTranslations('revision');
  const trpc = useTRPC();
  const from = comparedWith(revision, useSearchParams().get('from'));
  const found = useQuery(trpc.clusters.differences.queryOptions(from === null ? skipToken : { clusterId, from, to: revision.number }));
  return (
    <Panel
      title={t('differences')} sub={found.data && t('count', { count: found.data.total })} padded={false}
      actions={<Against clusterId={clusterId} number={revision.number} from={from} />}
    >
      {from === null ? <p className="p-3 text-muted">{t('first')}</p> : (
        <Loaded query={found} failed={t('differencesFailed')}>{(data) => <DifferenceList {...data} nameOf={nameOf} />}</Loaded>
      )}
    </Panel>
  );
}

function Against({ clusterId, number, from }: { clusterId: string; number: number; from: number | null }) {
  const t = useTranslations('revision');
  const router = useRouter();
  const revisions = useQuery(useTRPC().clusters.revisions.queryOptions({ clusterId }));
  const others = (revisions.data ?? []).filter((other) => other.number !== number);
  if (others.length === 0) return null;
  const options = others.map((other) => ({ value: String(other.number), label: t('against', { number: other.number, author: other.author }) }));
  const choose = (value: string) => router.replace(`/clusters/${clusterId}/revisions/${number}?from=${value}`, { scroll: false });
  return (
    <Select
      aria-label={t('compareWith')} value={from === null ? '' : String(from)}
      onChange={(event) => choose(event.target.value)}
      options={from === null ? [{ value: '', label: t('choose'), disabled: true }, ...options] : options}
    />
  );
}
