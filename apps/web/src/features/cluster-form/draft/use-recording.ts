'use client';
// Looks at what is in the form: at once when something is chosen, added, removed or left, and while a person types as soon as the keys rest.
import { same, type ClusterDefinition } from '@weir/model';
import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { ClusterForm } from '../definition/form-values.ts';
import { syncVips } from '../definition/sync-vips.ts';

type Form = UseFormReturn<ClusterForm, unknown, ClusterForm>;

// Longer than between two keys of one word, shorter than a look away from the field.
const restMs = 400;

export interface Recording {
  /** At once, at what nobody has looked at yet. */
  readonly look: () => void;
  /** What is in the form was put there, and needs no look. */
  readonly putByUs: () => void;
}

/** Hands on a copy, its VIPs as the services have them. */
export function useRecording(
  form: Form, formRef: RefObject<HTMLFormElement | null>, kept: readonly string[], record: (definition: ClusterDefinition) => void,
): Recording {
  // A copy of ten thousand rows takes a while: only of what somebody touched.
  const touched = useRef(true);
  const look = useCallback((typing: boolean) => {
    if (!touched.current) return;
    // What is being typed is looked at again when it is left.
    touched.current = typing;
    const definition = structuredClone(form.getValues('definition'));
    const vips = syncVips(definition, kept);
    // While an address is typed, its beginnings become no VIPs of the form.
    if (!typing && !same(vips, definition.vips)) form.setValue('definition.vips', vips, { shouldDirty: true });
    record({ ...definition, vips });
  }, [form, kept, record]);
  useEffect(() => {
    const element = formRef.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const now = () => {
      clearTimeout(timer);
      look(false);
    };
    const watching = form.watch((_, { type }) => {
      touched.current = true;
      clearTimeout(timer);
      if (type === 'change') timer = setTimeout(() => look(true), restMs);
      else queueMicrotask(now);
    });
    element?.addEventListener('focusout', now);
    return () => {
      clearTimeout(timer);
      element?.removeEventListener('focusout', now);
      watching.unsubscribe();
    };
  }, [form, formRef, look]);
  return useMemo(() => ({
    look: () => look(false),
    putByUs: () => {
      touched.current = false;
    },
  }), [look]);
}
