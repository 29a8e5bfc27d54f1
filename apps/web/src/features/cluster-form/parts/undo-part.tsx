'use client';
// Takes the last step back and does it again, each by its name, with a button or by keys.
import { Button } from '@weir/ui';
import { useContext } from 'react';
import { useTranslations } from 'use-intl';
import { useEditText } from '../../words/use-edit-text.ts';
import { useDraft } from '../draft/use-draft-edits.ts';
import { useUndoKeys } from '../draft/use-undo-keys.ts';
import { FormFacts } from '../fields/form-context.tsx';

export function UndoPart() {
  const t = useTranslations('canvas');
  const { directors } = useContext(FormFacts);
  const { undo, redo, undoes, redoes } = useDraft();
  useUndoKeys({ undo, redo });
  const text = useEditText((id) => directors.find((director) => director.id === id)?.name ?? id);
  // Its place is kept while there is nothing: no field moves from under the pointer with the first key.
  return (
    <div className="ml-auto flex min-h-8 flex-wrap items-center gap-2">
      {undoes !== null && <Button variant="quiet" className="h-7" onClick={undo}>{t('undoNamed', { name: text(undoes) })}</Button>}
      {redoes !== null && <Button variant="quiet" className="h-7" onClick={redo}>{t('redoNamed', { name: text(redoes) })}</Button>}
    </div>
  );
}
