'use client';
// The one draft that form, table and canvas show: edits of it by name, and their way back.
import { editBetween, historyOf, keepSame, redo, undo, withStep, type ClusterDefinition, type Edit, type EditName, type History } from '@weir/model';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type RefObject } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { ClusterForm } from '../definition/form-values.ts';
import { blankNumbers } from '../fields/blank-number.ts';
import { putDefinition } from './put-definition.ts';
import { withVips } from '../definition/sync-vips.ts';
import { useRecording } from './use-recording.ts';

type Form = UseFormReturn<ClusterForm, unknown, ClusterForm>;

export interface DraftEdits {
  /** As of the last edit, or the last rest while typing. What did not change since is the very same object. */
  readonly draft: ClusterDefinition;
  /** Makes an edit of what is there now and puts it into the form, as a step by its name; VIPs follow the services. Gives it back, to select what it touched. */
  readonly edit: (make: (draft: ClusterDefinition) => Edit | null) => Edit | null;
  readonly undo: () => void;
  readonly redo: () => void;
  /** What undo would take back, and what redo would do again; null where there is nothing. */
  readonly undoes: EditName | null;
  readonly redoes: EditName | null;
}

export const DraftEditsContext = createContext<DraftEdits | null>(null);

export function useDraft(): DraftEdits {
  const edits = useContext(DraftEditsContext);
  if (edits === null) throw new Error('outside of the form of a cluster');
  return edits;
}

/** `kept`: VIPs that stay also without a service. */
export function useDraftEdits(form: Form, formRef: RefObject<HTMLFormElement | null>, kept: readonly string[]): DraftEdits {
  const [history, setHistory] = useState(() => historyOf(structuredClone(form.getValues('definition'))));
  // Two edits may come before the page is drawn again.
  const latest = useRef(history);
  const become = useCallback((next: History<ClusterDefinition>) => {
    latest.current = next;
    setHistory(next);
  }, []);
  const record = useCallback((definition: ClusterDefinition) => {
    const before = latest.current;
    const present = keepSame(before.present, definition);
    const step = present === before.present ? null : editBetween(before.present, present, []);
    if (step !== null) become(withStep(before, present, step));
  }, [become]);
  const recording = useRecording(form, formRef, kept, record);
  const move = useCallback((to: (before: History<ClusterDefinition>) => History<ClusterDefinition>) => {
    // What is typed and not looked at yet is a step of its own.
    recording.look();
    const before = latest.current;
    const next = to(before);
    if (next === before) return;
    become(next);
    putDefinition(form, before.present, next.present);
    recording.putByUs();
    blankNumbers(formRef.current);
  }, [become, form, formRef, recording]);
  const edit = useCallback((make: (draft: ClusterDefinition) => Edit | null) => {
    let made: Edit | null = null;
    move((before) => {
      made = make(before.present);
      return made === null ? before : withStep(before, withVips(made.after, kept), made);
    });
    return made;
  }, [kept, move]);
  return useMemo(() => ({
    draft: history.present, edit, undo: () => move(undo), redo: () => move(redo),
    undoes: history.done.at(-1)?.name ?? null, redoes: history.undone.at(-1)?.name ?? null,
  }), [edit, history, move]);
}
