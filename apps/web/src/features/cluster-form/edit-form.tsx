'use client';
// The form of another revision, with its draft: kept while it is edited, over when it is saved.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DraftValues } from '@weir/model';
import { Notice, useToast } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView, DefinedRevision } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { isFault } from '../../trpc/fault.ts';
import { DraftKeeper, type BegunDraft } from '../drafts/draft-keeper.ts';
import { DraftLine } from '../drafts/draft-line.tsx';
import { useDiscard } from '../drafts/use-discard.ts';
import { useDraftStore } from '../drafts/use-draft-store.ts';
import { Failure } from '../states/failure.tsx';
import { ClusterFormPage } from './cluster-form.tsx';
import { useEditorView } from './editor-view.tsx';
import type { KnownDirector } from './definition/findings.ts';
import type { ClusterForm } from './definition/form-values.ts';

/** What editing begins with. */
export interface Begun {
  /** Counts the beginnings: each has a form of its own. */
  readonly number: number;
  readonly base: DefinedRevision;
  readonly draft: BegunDraft | null;
  /** What the panel has changes another revision, or is no more. */
  readonly rebased: boolean;
}

export interface EditFormProps {
  cluster: ClusterView;
  begun: Begun;
  directors: readonly KnownDirector[];
  /** Begins with another draft of the same revision; null: with none. */
  onDraft: (draft: Begun['draft']) => void;
  onReload: () => void;
  /** Somebody saved another revision: this draft has to be brought onto it. */
  onMovedOn: (draft: Begun['draft']) => Promise<void>;
}

export function EditForm({ cluster, begun, directors, onDraft, onReload, onMovedOn }: EditFormProps) {
  const t = useTranslations('clusterForm');
  const drafts = useTranslations('drafts');
  const toast = useToast();
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { base, draft, rebased } = begun;
  const store = useDraftStore({ clusterId: cluster.id, base: base.number });
  const [keeper] = useState(() => new DraftKeeper(store, draft, { rebased }));
  const save = useMutation(trpc.clusters.save.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.drafts.pathFilter()) }));
  const discard = useDiscard(keeper, store, onDraft);
  const bringTogether = async (values: DraftValues | null) => {
    await keeper.end();
    if (values === null) onReload();
    else await onMovedOn({ values, version: keeper.version, updatedAt: new Date() });
  };
  const saveOn = async (form: ClusterForm) => {
    await keeper.end();
    try {
      const { number, draftStays } = await save.mutateAsync({ clusterId: cluster.id, base: base.number, ...form, fromDraft: { version: keeper.version } });
      if (draftStays) toast({ text: drafts('stays') });
      router.push(cluster.approvalRequired ? `/clusters/${cluster.id}/revisions/${number}` : `/clusters/${cluster.id}/change`);
    } catch (error) {
      if (isFault(error, 'staleRevision')) await bringTogether(form);
      else keeper.goOn();
    }
  };
  const line = (
    <>
      <MovedOn clusterId={cluster.id} base={base.number} onBringTogether={() => void bringTogether(keeper.wanted)} />
      <DraftLine
        keeper={keeper} store={store} initial={base.definition} onDiscard={() => void discard()} onReload={onReload}
        opened={draft?.updatedAt == null ? null : { at: draft.updatedAt, base: base.number }}
      />
    </>
  );
  return (
    <ClusterFormPage
      view={useEditorView()} clusterId={cluster.id}
      initial={base.definition} opened={draft?.values} directors={directors} submitLabel={t('saveRevision')} revises onEdited={() => save.reset()}
      onSave={saveOn} draftLine={line} failure={save.error !== null && <Failure what={t('saveFailed')} error={save.error} className="mt-3" />}
    />
  );
}

const refreshMs = 5_000;

function MovedOn({ clusterId, base, onBringTogether }: { clusterId: string; base: number; onBringTogether: () => void }) {
  const t = useTranslations('drafts');
  const list = useQuery(useTRPC().clusters.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  const head = list.data?.find(({ id }) => id === clusterId)?.head;
  if (head === undefined || head.number <= base) return null;
  return (
    <Notice
      className="w-full" tone="warn" what={t('movedOn', { author: head.author, head: head.number })} why={t('movedOnWhy', { base, head: head.number })}
      action={{ label: t('bringTogether'), onAction: onBringTogether }}
    />
  );
}
