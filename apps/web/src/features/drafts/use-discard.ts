'use client';
// Discards a draft, says so, and offers to take it back; or says why the panel did not discard it.
import { useToast } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useFaultText } from '../words/use-fault-text.ts';
import { discardDraft } from './discard-draft.ts';
import type { BegunDraft, DraftKeeper, DraftStore } from './draft-keeper.ts';

/** `onDraft`: begins with another draft of the same; null: with none. */
export function useDiscard(keeper: DraftKeeper, store: DraftStore, onDraft: (draft: BegunDraft | null) => void): () => Promise<void> {
  const t = useTranslations('drafts');
  const toast = useToast();
  const faultText = useFaultText();
  return async () => {
    const ended = await discardDraft(keeper, store);
    if (ended.kind === 'refused') {
      toast({ text: t('notDiscarded', { why: faultText(ended.fault) }) });
      return;
    }
    const { was } = ended;
    onDraft(null);
    if (was !== null) toast({ text: t('discarded'), action: { label: t('undo'), onAction: () => onDraft({ values: was, version: null, updatedAt: null }) } });
  };
}
