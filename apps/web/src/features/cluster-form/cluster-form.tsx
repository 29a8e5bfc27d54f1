'use client';
// The form of a cluster, new or another revision: its parts, what was found in it, and saving.
import { same, type ClusterDefinition } from '@weir/model';
import { Button, Panel } from '@weir/ui';
import { useEffect, useEffectEvent, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { useUnsavedGuard } from '../form/use-unsaved-guard.ts';
import { DirectorsPart } from './parts/directors-part.tsx';
import { fieldPath, findingsOf, type KnownDirector } from './definition/findings.ts';
import { DraftEditsContext, useDraftEdits } from './definition/use-draft-edits.ts';
import { useFindings } from './definition/use-findings.ts';
import { FindingsList } from './parts/findings-list.tsx';
import { focusField } from './fields/focus-field.ts';
import { FormFacts } from './fields/form-context.tsx';
import { ClusterForm } from './definition/form-values.ts';
import { TextField } from './fields/path-fields.tsx';
import { ReasonField } from './fields/reason-field.tsx';
import { ServicesPart } from './parts/services-part.tsx';
import { unusedVips } from './definition/sync-vips.ts';
import { VipsPart } from './parts/vips-part.tsx';

export interface ClusterFormProps {
  initial: ClusterDefinition;
  directors: readonly KnownDirector[];
  /** Whether it was saved. */
  onSave: (form: ClusterForm) => Promise<boolean>;
  submitLabel: string;
  /** Another revision: one that changes nothing is not made. */
  revises?: boolean;
  /** Something was typed since: what was said about the last try is over. */
  onEdited: () => void;
  /** Why it could not be saved, above the button. */
  failure?: ReactNode;
}

export function ClusterFormPage({ initial, directors, onSave, submitLabel, revises = false, onEdited, failure }: ClusterFormProps) {
  const t = useTranslations('clusterForm');
  const form = useForm({
    resolver: useSchemaResolver(ClusterForm), defaultValues: { definition: initial, reason: '' }, mode: 'onTouched', shouldFocusError: true,
  });
  const formRef = useRef<HTMLFormElement>(null);
  const unchangedId = useId();
  const [kept] = useState(() => unusedVips(initial));
  const edits = useDraftEdits(form, formRef, kept);
  const { findings, unchanged } = useFindings(edits.draft, initial, directors);
  const [refused, setRefused] = useState(false);
  const edited = useEffectEvent(() => {
    setRefused(false);
    onEdited();
  });
  useEffect(() => {
    const watching = form.watch(() => edited());
    return () => watching.unsubscribe();
  }, [form]);
  const saved = useUnsavedGuard(form.formState.isDirty);
  const submit = form.handleSubmit(async (values) => {
    if (revises && same(values.definition, initial)) return setRefused(true);
    const refusing = findingsOf(values.definition, directors).find(({ severity }) => severity === 'error');
    if (refusing !== undefined) focusField(fieldPath(refusing));
    else if (await onSave(values)) saved();
    return undefined;
  });
  const facts = useMemo(() => ({ directors, findings }), [directors, findings]);
  return (
    <FormProvider {...form}>
      <DraftEditsContext value={edits}>
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
              <div className="mt-3 flex flex-wrap items-center gap-3">
                <Button type="submit" variant="primary" busy={form.formState.isSubmitting} aria-describedby={unchangedId}>{submitLabel}</Button>
                <output id={unchangedId} className={refused ? 'text-warn' : 'text-muted'}>{revises && (refused || unchanged) && t(refused ? 'unchangedRefused' : 'unchanged')}</output>
              </div>
            </Panel>
          </form>
        </FormFacts>
      </DraftEditsContext>
    </FormProvider>
  );
}
