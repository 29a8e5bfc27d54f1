'use client';
// Mends what was found, and takes it back while nothing else of that part has changed.
import { useToast } from '@weir/ui';
import { useContext } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { fieldPath, type FormFinding } from '../definition/findings.ts';
import type { ClusterForm } from '../definition/form-values.ts';
import { mendTyped } from '../definition/mend-typed.ts';
import { putMend } from '../draft/put-mend.ts';
import { FormFacts } from './form-context.tsx';
import { useReveal } from './reveal.ts';

export function useMend(): (finding: FormFinding) => void {
  const t = useTranslations('clusterForm');
  const form = useFormContext<ClusterForm, unknown, ClusterForm>();
  const toast = useToast();
  const reveal = useReveal();
  const { directors } = useContext(FormFacts);
  return (finding) => {
    const typed = form.getValues('definition');
    const mended = mendTyped(typed, finding, directors);
    // What is typed wrongly, or was changed since it was checked, is said where it is.
    if (mended === null) return void form.trigger();
    const before = structuredClone(typed);
    putMend(form, before, mended);
    // Once the row that is gone is gone from the page too.
    requestAnimationFrame(() => reveal(fieldPath(finding)));
    toast({ text: t('mended'), action: { label: t('undo'), onAction: () => putMend(form, mended, before) } });
  };
}
