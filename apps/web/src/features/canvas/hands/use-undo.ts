'use client';
// Undo and redo of the draft and of tidying, by keys and by name.
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { DraftEdits } from '../../cluster-form/draft/use-draft-edits.ts';
import { useUndoKeys } from '../../cluster-form/draft/use-undo-keys.ts';
import { useEditText } from '../../words/use-edit-text.ts';
import type { Arrangement } from '../sight/use-arrangement.ts';

export interface Undo {
  readonly undo: () => void;
  readonly redo: () => void;
  /** Null where there is nothing. */
  readonly undoes: string | null;
  readonly redoes: string | null;
}

export function useUndo(draft: DraftEdits, { untidy, retidy, untidies, retidies }: Pick<Arrangement, 'untidy' | 'retidy' | 'untidies' | 'retidies'>, nameOf: (directorId: string) => string): Undo {
  const t = useTranslations('canvas');
  const text = useEditText(nameOf);
  const steps = useMemo(() => ({
    undo: () => void (untidy() || draft.undo()), redo: () => void (retidy() || draft.redo()),
  }), [draft, retidy, untidy]);
  useUndoKeys(steps);
  return {
    ...steps,
    undoes: untidies ? t('tidied') : draft.undoes && text(draft.undoes),
    redoes: retidies ? t('tidied') : draft.redoes && text(draft.redoes),
  };
}
