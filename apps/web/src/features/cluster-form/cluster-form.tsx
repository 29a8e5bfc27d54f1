'use client';
// The draft of a cluster, new or another revision, as a drawing, as a table or as a form: its parts, what was found in it, and saving.
import { same, type ClusterDefinition, type DraftValues } from '@weir/model';
import { Button, Panel } from '@weir/ui';
import { useEffect, useEffectEvent, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { DrawView } from '../canvas/draw-view.tsx';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { DirectorsPart } from './parts/directors-part.tsx';
import { fieldPath, findingsOf, type KnownDirector } from './definition/findings.ts';
import { DraftEditsContext, useDraftEdits } from './draft/use-draft-edits.ts';
import { useFindings } from './definition/use-findings.ts';
import type { EditorView } from './editor-view.tsx';
import { firstError } from './first-error.ts';
import { FindingsList } from './parts/findings-list.tsx';
import { FormFacts } from './fields/form-context.tsx';
import { ClusterForm } from './definition/form-values.ts';
import { TextField } from './fields/path-fields.tsx';
import { Reveal, RevealContext } from './fields/reveal.ts';
import { ReasonField } from './fields/reason-field.tsx';
import { ServicesPart } from './parts/services-part.tsx';
import { keptVips, withVips } from './definition/sync-vips.ts';
import { TableView } from '../table/table-view.tsx';
import { UndoPart } from './parts/undo-part.tsx';
import { UnusedVipsPart, VipsPart } from './parts/vips-part.tsx';

export interface ClusterFormProps {
  initial: ClusterDefinition;
  /** What editing goes on with; left out, it begins with `initial`. */
  opened?: DraftValues | undefined;
  /** How the draft stands, within the form. */
  draftLine?: ReactNode;
  directors: readonly KnownDirector[];
  onSave: (form: ClusterForm) => Promise<void>;
  submitLabel: string;
  /** Another revision: one that changes nothing is not made. */
  revises?: boolean;
  /** Something was typed since: what was said about the last try is over. */
  onEdited: () => void;
  view?: EditorView;
  /** Null: it is not there yet. */
  clusterId?: string | null;
  /** Why it could not be saved, above the button. */
  failure?: ReactNode;
}

export function ClusterFormPage({ initial, opened, draftLine, directors, onSave, submitLabel, revises = false, onEdited, failure, view = 'form', clusterId = null }: ClusterFormProps) {
  const [kept] = useState(() => keptVips(initial, opened?.definition));
  // Each step is of a draft whose VIPs are those of its services, the first one too.
  const [begun] = useState(() => ({ definition: withVips(opened?.definition ?? initial, kept), reason: opened?.reason ?? '' }));
  const form = useForm({
    resolver: useSchemaResolver(ClusterForm), defaultValues: begun, mode: 'onTouched', shouldFocusError: false,
  });
  const formRef = useRef<HTMLFormElement>(null);
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
  const [reveal] = useState(() => new Reveal());
  const submit = form.handleSubmit(async (values) => {
    if (revises && same(values.definition, initial)) return setRefused(true);
    const refusing = findingsOf(values.definition, directors).find(({ severity }) => severity === 'error');
    if (refusing !== undefined) reveal.to(fieldPath(refusing));
    else await onSave(values);
    return undefined;
  }, (errors) => {
    const path = firstError(errors);
    if (path !== null) reveal.to(path);
  });
  const facts = useMemo(() => ({ directors, findings }), [directors, findings]);
  const saving = <SavePart submitLabel={submitLabel} failure={failure} busy={form.formState.isSubmitting} unchanged={revises && (refused || unchanged)} refused={refused} />;
  return (
    <FormProvider {...form}>
      <DraftEditsContext value={edits}>
        <FormFacts value={facts}><RevealContext value={reveal}>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">{draftLine}{view !== 'draw' && <UndoPart />}</div>
          <form ref={formRef} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
            {view === 'draw' && <DrawView clusterId={clusterId} base={revises ? initial : null} cluster={<><NamePart /><FindingsList /><Hint /></>} saving={saving} />}
            {view === 'table' && <><NamePart /><DirectorsPart /><TableView base={revises ? initial : null} /><UnusedVipsPart /><FindingsList />{saving}</>}
            {view === 'form' && <><NamePart /><DirectorsPart /><ServicesPart /><VipsPart /><FindingsList />{saving}</>}
          </form>
        </RevealContext></FormFacts>
      </DraftEditsContext>
    </FormProvider>
  );
}

function NamePart() {
  const t = useTranslations('clusterForm');
  return <Panel title={t('cluster')}><TextField path="definition.name" row="definition.name" label={t('name')} className="max-w-80" required /></Panel>;
}

function Hint() {
  return <p className="text-sm text-muted">{useTranslations('canvas')('nothingSelected')}</p>;
}

interface SavePartProps {
  submitLabel: string;
  failure: ReactNode;
  busy: boolean;
  unchanged: boolean;
  /** It was tried all the same. */
  refused: boolean;
}

function SavePart({ submitLabel, failure, busy, unchanged, refused }: SavePartProps) {
  const t = useTranslations('clusterForm');
  const unchangedId = useId();
  return (
    <Panel title={t('save')}>
      <ReasonField />
      {failure}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" busy={busy} aria-describedby={unchangedId}>{submitLabel}</Button>
        <output id={unchangedId} className={refused ? 'text-warn' : 'text-muted'}>{unchanged && t(refused ? 'unchangedRefused' : 'unchanged')}</output>
      </div>
    </Panel>
  );
}
