'use client';
// What is found in the form: at once when something is chosen, added, removed or left, and while a person types as soon as the keys rest.
import { same, type ClusterDefinition } from '@weir/model';
import { useEffect, useEffectEvent, useMemo, useState, type RefObject } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { findingsOf, type FormFinding, type KnownDirector } from './findings.ts';
import { ClusterForm } from './form-values.ts';
import { syncVips, unusedVips } from './sync-vips.ts';

type Form = UseFormReturn<ClusterForm, unknown, ClusterForm>;

// Longer than between two keys of one word, shorter than a look away from the field.
const restMs = 400;

export interface Checked {
  readonly findings: readonly FormFinding[];
  /** Nothing differs from what was opened. */
  readonly unchanged: boolean;
}

export function useFindings(form: Form, formRef: RefObject<HTMLFormElement | null>, initial: ClusterDefinition, directors: readonly KnownDirector[]): Checked {
  // What has not the right shape yet says so at its fields; the rules look at what has.
  const [checked, setChecked] = useState(initial);
  const kept = useMemo(() => unusedVips(initial), [initial]);
  const findings = useMemo(() => findingsOfTyped(checked, directors), [checked, directors]);
  const unchanged = useMemo(() => same(checked, initial), [checked, initial]);
  const check = useEffectEvent((typing: boolean) => {
    const definition = structuredClone(form.getValues('definition'));
    const vips = syncVips(definition, kept);
    // While an address is typed, its beginnings become no VIPs of the form.
    if (!typing && !same(vips, definition.vips)) form.setValue('definition.vips', vips, { shouldDirty: true });
    setChecked({ ...definition, vips });
  });
  useEffect(() => {
    const element = formRef.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const now = () => {
      clearTimeout(timer);
      check(false);
    };
    const watching = form.watch((_, { type }) => {
      clearTimeout(timer);
      if (type === 'change') timer = setTimeout(() => check(true), restMs);
      else queueMicrotask(now);
    });
    element?.addEventListener('focusout', now);
    return () => {
      clearTimeout(timer);
      element?.removeEventListener('focusout', now);
      watching.unsubscribe();
    };
  }, [form, formRef]);
  return { findings, unchanged };
}

// Stands for a name that is not written yet, so that the rest can be looked at.
const nameless = '…';

function findingsOfTyped(definition: ClusterDefinition, directors: readonly KnownDirector[]): readonly FormFinding[] {
  const parsed = ClusterForm.shape.definition.safeParse(named({
    ...definition, services: definition.services.map((service) => named({ ...service, realServers: service.realServers.map(named) })),
  }));
  return parsed.success ? findingsOf(parsed.data, directors) : [];
}

function named<T extends { readonly name: string }>(object: T): T {
  return object.name.trim() === '' ? { ...object, name: nameless } : object;
}
