'use client';
// Undo and redo of the draft and of tidying, by keys and by name.
import { useEffect, useEffectEvent, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { DraftEdits } from '../../cluster-form/draft/use-draft-edits.ts';
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
  const press = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
    // In a field the browser takes back what was typed there.
    if (event.target instanceof Element && event.target.closest('input,textarea,select,[role="dialog"]') !== null) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) steps.redo();
    else steps.undo();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return {
    ...steps,
    undoes: untidies ? t('tidied') : draft.undoes && text(draft.undoes),
    redoes: retidies ? t('tidied') : draft.redoes && text(draft.redoes),
  };
}
