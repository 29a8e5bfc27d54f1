'use client';
// Another revision of a cluster: what is typed is kept as a draft, and brought onto what somebody saved meanwhile object by object.
import { skipToken, useQuery } from '@tanstack/react-query';
import { useToast } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView, DefinedRevision } from '../../server/clusters/cluster-view.ts';
import type { DraftView } from '../../server/drafts/draft-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { OthersDrafts } from '../drafts/open-drafts.tsx';
import { Settle } from '../drafts/settle/settle.tsx';
import { StandingNotice } from '../revisions/standing-notice.tsx';
import { NeedsRole } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import type { KnownDirector } from './definition/findings.ts';
import { EditForm, type Begun } from './edit-form.tsx';
import { ViewSwitch } from './editor-view.tsx';

// Asked for once: an answer that comes later must not replace what is being typed.
const once = { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

export function EditCluster({ clusterId }: { clusterId: string }) {
  const t = useTranslations('clusterForm');
  const cluster = useQuery(useTRPC().clusters.get.queryOptions({ clusterId }, once));
  return (
    <Page>
      <PageHead
        title={t('editTitle', { name: cluster.data?.name ?? '…' })}
        sub={<OthersDrafts clusterId={clusterId} />}
        actions={<><NeedsRole needs="operator" clusterId={clusterId} silent><ViewSwitch /></NeedsRole><LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton></>}
      />
      {cluster.data && <StandingNotice cluster={cluster.data} />}
      <NeedsRole needs="operator" clusterId={clusterId} what={t('editTitle', { name: cluster.data?.name ?? '…' })}>
        <Loaded query={cluster} failed={t('loadFailed')} rows={8}>
          {(data) => <Begin cluster={data} refetchCluster={async () => (await cluster.refetch()).data ?? null} />}
        </Loaded>
      </NeedsRole>
    </Page>
  );
}

interface BeginProps {
  cluster: ClusterView;
  refetchCluster: () => Promise<ClusterView | null>;
}

function Begin({ cluster, refetchCluster }: BeginProps) {
  const t = useTranslations('clusterForm');
  const drafts = useTranslations('drafts');
  const trpc = useTRPC();
  const directors = useQuery(trpc.directors.list.queryOptions(undefined, { refetchOnWindowFocus: false }));
  const draft = useQuery(trpc.drafts.mine.queryOptions({ clusterId: cluster.id }, once));
  const [times, setTimes] = useState(0);
  const again = async () => {
    await Promise.all([refetchCluster(), draft.refetch()]);
    setTimes(times + 1);
  };
  return (
    <Loaded query={directors} failed={t('directorsFailed')} rows={8}>
      {(known) => (
        <Loaded query={draft} failed={drafts('loadFailed')} rows={8}>
          {(kept) => <Sitting key={times} cluster={cluster} directors={known} kept={kept} refetchCluster={refetchCluster} onReload={() => void again()} />}
        </Loaded>
      )}
    </Loaded>
  );
}

interface SittingProps extends BeginProps {
  directors: readonly KnownDirector[];
  kept: DraftView | null;
  /** Begins again with what the panel has. */
  onReload: () => void;
}

/** What changes a revision that is not the newest any more. */
interface Parted extends Pick<Begun, 'draft'> {
  readonly base: number;
  readonly wanted: DefinedRevision;
}

function Sitting({ cluster, directors, kept, refetchCluster, onReload }: SittingProps) {
  const { head } = cluster;
  const stale = kept !== null && kept.base !== null && kept.base !== head.number ? { base: kept.base, wanted: head, draft: kept } : null;
  const [parted, setParted] = useState<Parted | null>(stale);
  const [begun, setBegun] = useState<Begun>({ number: 0, base: head, draft: kept, rebased: false });
  const drafts = useTranslations('drafts');
  const toast = useToast();
  const nameOf = (id: string) => directors.find((director) => director.id === id)?.name ?? id;
  const begin = (next: Omit<Begun, 'number'>) => {
    setParted(null);
    setBegun((before) => ({ ...next, number: before.number + 1 }));
  };
  const movedOn = async (draft: Begun['draft']) => {
    const newest = await refetchCluster();
    if (newest !== null) setParted({ base: begun.base.number, wanted: newest.head, draft });
  };
  const discard = () => {
    if (parted === null) return;
    begin({ base: parted.wanted, draft: null, rebased: true });
    const again = parted.draft === null ? null : { ...parted, draft: { ...parted.draft, version: null } };
    toast({ text: drafts('discarded'), action: { label: drafts('undo'), onAction: () => setParted(again) } });
  };
  if (parted !== null) {
    return (
      <SettleFrom
        clusterId={cluster.id} parted={parted} nameOf={nameOf}
        onSettled={(draft) => begin({ base: parted.wanted, draft, rebased: true })} onDiscard={discard}
      />
    );
  }
  return (
    <EditForm
      key={begun.number} cluster={cluster} begun={begun} directors={directors} onReload={onReload} onMovedOn={movedOn}
      onDraft={(draft) => begin({ base: begun.base, draft, rebased: true })}
    />
  );
}

interface SettleFromProps {
  clusterId: string;
  parted: Parted;
  nameOf: (directorId: string) => string;
  onSettled: (draft: Begun['draft']) => void;
  onDiscard: () => void;
}

function SettleFrom({ clusterId, parted: { base: number, wanted, draft }, nameOf, onSettled, onDiscard }: SettleFromProps) {
  const t = useTranslations('settle');
  const base = useQuery(useTRPC().clusters.revision.queryOptions(draft === null ? skipToken : { clusterId, number }, { staleTime: Number.POSITIVE_INFINITY }));
  return draft !== null && (
    <Loaded query={base} failed={t('baseFailed', { base: number })} rows={8}>
      {(revision) => <Settle base={revision} wanted={wanted} mine={draft.values} nameOf={nameOf} onSettled={(values) => onSettled({ ...draft, values })} onDiscard={onDiscard} />}
    </Loaded>
  );
}
