'use client';
// Copies what is chosen as text, also into another cluster or another window, and pastes it.
import { clipText, paste, readClip, removeObjects, type ClusterDefinition } from '@weir/model';
import { useToast } from '@weir/ui';
import { useEffect, useEffectEvent } from 'react';
import { useTranslations } from 'use-intl';
import { newId } from '../../cluster-form/draft/new-objects.ts';
import { serviceIdOf } from '../graph/node-key.ts';
import type { Drawing } from '../sight/use-drawing.ts';
import { refsOf, type Edits } from './use-edits.ts';

/** Acts while the keyboard is on the drawing; elsewhere text is copied as ever. */
export function useClipboard(definition: ClusterDefinition, drawing: Drawing, edits: Edits): void {
  const t = useTranslations('canvas');
  const toast = useToast();
  const { element, selected, focused } = drawing;
  const isHere = () => element.current?.contains(document.activeElement) === true;
  const copy = useEffectEvent((event: ClipboardEvent) => {
    const refs = refsOf(selected.size > 0 ? selected : focused === null ? [] : [focused]);
    const text = isHere() ? clipText(definition, refs) : null;
    if (text === null) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    if (event.type === 'cut') edits.make((draft) => removeObjects(draft, refs));
    else toast({ text: t('copied', { count: refs.length }) });
  });
  const put = useEffectEvent((event: ClipboardEvent) => {
    if (!isHere()) return;
    event.preventDefault();
    const clip = readClip(event.clipboardData?.getData('text/plain') ?? '');
    if (clip === null) return toast({ text: t('notClip') });
    const into = [...selected, ...(focused === null ? [] : [focused])].map(serviceIdOf).find((id) => id !== null) ?? null;
    if (edits.make((draft) => paste(draft, clip, into, newId)) === null) toast({ text: t('notPasted') });
    return undefined;
  });
  useEffect(() => {
    const [onCopy, onPaste] = [(event: ClipboardEvent) => copy(event), (event: ClipboardEvent) => put(event)];
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
}
