'use client';
// Takes steps of editing back and does them again, each by its name.
import { useTranslations } from 'use-intl';
import type { Undo } from '../hands/use-undo.ts';
import { Tool } from './tool.tsx';

export function UndoTools({ undo: { undo, redo, undoes, redoes } }: { undo: Undo }) {
  const t = useTranslations('canvas');
  return (
    <>
      <Tool label={undoes === null ? t('undo') : t('undoNamed', { name: undoes })} disabled={undoes === null} onPress={undo}><path d="M6 3 2.5 6.5 6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H7" /></Tool>
      <Tool label={redoes === null ? t('redo') : t('redoNamed', { name: redoes })} disabled={redoes === null} onPress={redo}><path d="m10 3 3.5 3.5L10 10M13.5 6.5H6a3.5 3.5 0 0 0 0 7h3" /></Tool>
    </>
  );
}
