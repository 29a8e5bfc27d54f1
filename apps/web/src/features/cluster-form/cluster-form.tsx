'use client';
// The form of a cluster, new or another revision: its parts, what was found in it, and saving.
import { same, type ClusterDefinition } from '@weir/model';
import { Button, Panel } from '@weir/ui';
import { useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { FormProvider, useForm, type UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { useUnsavedGuard } from '../form/use-unsaved-guard.ts';
import { DirectorsPart } from './parts/directors-part.tsx';
import { fieldPath, findingsOf, type FormFinding, type KnownDirector } from './definition/findings.ts';
import { FindingsList } from './parts/findings-list.tsx';
import { focusField } from './fields/focus-field.ts';
import { FormFacts } from './fields/form-context.tsx';
import { ClusterForm } from './definition/form-values.ts';
import { TextField } from './fields/path-fields.tsx';
import { ReasonField } from './fields/reason-field.tsx';
import { ServicesPart } from './parts/services-part.tsx';
import { syncVips, unusedVips } from './definition/sync-vips.ts';
import { VipsPart } from './parts/vips-part.tsx';

export interface ClusterFormProps {
  initial: ClusterDefinition;
  directors: readonly KnownDirector[];
  /** Whether it was saved. */
  onSave: (form: ClusterForm) => Promise<boolean>;
  submitLabel: string;
  /** Why it could not be saved, above the button. */
  failure?: ReactNode;
}

export function ClusterFormPage({ initial, directors, onSave, submitLabel, failure }: ClusterFormProps) {
  const t = useTranslations('clusterForm');
  const form = useForm({
    resolver: useSchemaResolver(ClusterForm), defaultValues: { definition: initial, reason: '' }, mode: 'onTouched', shouldFocusError: true,
  });
  const formRef = useRef<HTMLFormElement>(null);
  const findings = useFindings(form, formRef, initial, directors);
  const saved = useUnsavedGuard(form.formState.isDirty);
  const submit = form.handleSubmit(async (values) => {
    const refusing = findingsOf(values.definition, directors).find(({ severity }) => severity === 'error');
    if (refusing !== undefined) focusField(fieldPath(refusing));
    else if (await onSave(values)) saved();
  });
  const facts = useMemo(() => ({ directors, findings }), [directors, findings]);
  return (
    <FormProvider {...form}>
      <FormFacts value={facts}>
        <form ref={formRef} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
          <Panel title={t('cluster')}><TextField path="definition.name" row="definition.name" label={t('name')} className="max-w-80" required /></Panel>
          <DirectorsPart />
          <ServicesPart />
          <VipsPart />
          <FindingsList />
          <Panel title={t('save')}>
            <ReasonField />
            {failure}
            <Button type="submit" variant="primary" busy={form.formState.isSubmitting} className="mt-3">{submitLabel}</Button>
          </Panel>
        </form>
      </FormFacts>
    </FormProvider>
  );
}

type Form = UseFormReturn<ClusterForm, unknown, ClusterForm>;

/** Checks when a field is left and when something was added, chosen or removed; never while a person types. */
function useFindings(form: Form, formRef: RefObject<HTMLFormElement | null>, initial: ClusterDefinition, directors: readonly KnownDirector[]) {
  // What has not the right shape yet says so at its fields; the rules look at what has.
  const [checked, setChecked] = useState(initial);
  const kept = useMemo(() => unusedVips(initial), [initial]);
  const findings = useMemo(() => findingsOfText(checked, directors), [checked, directors]);
  const check = useEffectEvent(() => {
    const definition = form.getValues('definition');
    const vips = syncVips(definition, kept);
    if (!same(vips, definition.vips)) form.setValue('definition.vips', vips, { shouldDirty: true });
    setChecked(structuredClone(form.getValues('definition')));
  });
  useEffect(() => {
    const element = formRef.current;
    const left = () => check();
    element?.addEventListener('focusout', left);
    const watching = form.watch((_, { type }) => {
      if (type !== 'change') queueMicrotask(left);
    });
    return () => {
      element?.removeEventListener('focusout', left);
      watching.unsubscribe();
    };
  }, [form, formRef]);
  return findings;
}

function findingsOfText(definition: ClusterDefinition, directors: readonly KnownDirector[]): readonly FormFinding[] {
  const parsed = ClusterForm.shape.definition.safeParse(definition);
  return parsed.success ? findingsOf(parsed.data, directors) : [];
}
