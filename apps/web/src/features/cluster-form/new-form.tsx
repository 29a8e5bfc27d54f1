'use client';
// The form of a new cluster, with its draft: kept while it is edited, over when the cluster is made.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ClusterDefinition } from '@weir/model';
import { useToast } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { DraftKeeper, type BegunDraft } from '../drafts/draft-keeper.ts';
import { DraftLine } from '../drafts/draft-line.tsx';
import { useDiscard } from '../drafts/use-discard.ts';
import { useDraftStore } from '../drafts/use-draft-store.ts';
import { Failure } from '../states/failure.tsx';
import { ClusterFormPage } from './cluster-form.tsx';
import { useEditorView } from './editor-view.tsx';
import type { KnownDirector } from './definition/findings.ts';
import type { ClusterForm } from './definition/form-values.ts';

export interface NewFormProps {
  initial: ClusterDefinition;
  draft: BegunDraft | null;
  /** What the panel has is something else, or nothing. */
  rebased: boolean;
  directors: readonly KnownDirector[];
  onDraft: (draft: BegunDraft | null) => void;
  onReload: () => void;
}

export function NewForm({ initial, draft, rebased, directors, onDraft, onReload }: NewFormProps) {
  const t = useTranslations('clusterForm');
  const drafts = useTranslations('drafts');
  const toast = useToast();
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const store = useDraftStore(null);
  const [keeper] = useState(() => new DraftKeeper(store, draft, { rebased }));
  const create = useMutation(trpc.clusters.create.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.drafts.pathFilter()) }));
  const discard = useDiscard(keeper, store, onDraft);
  const save = async (form: ClusterForm) => {
    await keeper.end();
    const made = await create.mutateAsync({ ...form, fromDraft: { version: keeper.version } }).catch(() => null);
    if (made?.draftStays === true) toast({ text: drafts('stays') });
    if (made === null) keeper.goOn();
    else router.push(`/clusters/${made.clusterId}/change`);
  };
  const line = (
    <DraftLine
      keeper={keeper} store={store} initial={initial} onDiscard={() => void discard()} onReload={onReload}
      opened={draft?.updatedAt == null ? null : { at: draft.updatedAt, base: null }}
    />
  );
  return (
    <ClusterFormPage
      view={useEditorView()}
      initial={initial} opened={draft?.values} directors={directors} onSave={save} submitLabel={t('saveNew')} onEdited={() => create.reset()} draftLine={line}
      failure={create.error !== null && <Failure what={t('saveFailed')} error={create.error} className="mt-3" />}
    />
  );
}
