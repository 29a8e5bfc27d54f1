'use client';
// Enrols a director: the command for its host, and the code that it printed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Name } from '@weir/model';
import { Button, Dialog, Field, Notice, TextInput, useToast } from '@weir/ui';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { useTRPC } from '../../../trpc/client.ts';
import { faultOf } from '../../../trpc/fault.ts';
import { useSchemaResolver } from '../../form/use-schema-resolver.ts';
import { Failure } from '../../states/failure.tsx';
import { EnrolmentCode } from './enrolment-code.ts';
import { directorInTheWay, firstCommand } from './known-director.ts';
import { PrintCode } from './print-code.tsx';
import { useEnrolAgain } from './use-enrol-again.ts';

const Enrolment = z.object({ name: Name, code: EnrolmentCode });

export interface EnrolProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function Enrol({ open, onOpenChange }: EnrolProps) {
  const t = useTranslations('enrol');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} description={t('why')} closeLabel={t('close')}>
      <EnrolForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function EnrolForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('enrol');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const enrol = useMutation(trpc.directors.enrol.mutationOptions());
  const { control, register, handleSubmit, formState: { errors } } = useForm({
    resolver: useSchemaResolver(Enrolment), defaultValues: { name: '', code: '' }, mode: 'onTouched',
  });
  const code = useWatch({ control, name: 'code' });
  const submit = handleSubmit(async (enrolment) => {
    const done = await enrol.mutateAsync(enrolment).then(() => true, () => false);
    if (!done) return;
    await queryClient.invalidateQueries(trpc.directors.pathFilter());
    toast({ text: t('done', { name: enrolment.name }) });
    onDone();
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      <PrintCode text={t('run')} command={firstCommand} />
      {enrol.error !== null && <Failure what={t('failed')} error={enrol.error} />}
      {/* Of another code nobody has said yet whose it is. */}
      {enrol.error !== null && enrol.variables?.code === code && <OfferAgain error={enrol.error} code={code} onDone={onDone} />}
      <Field label={t('code')} hint={t('codeHint')} error={errors.code?.message} required>
        <TextInput {...register('code')} mono autoComplete="off" spellCheck={false} placeholder="weir1-…" />
      </Field>
      <Field label={t('name')} hint={t('nameHint')} error={errors.name?.message} required>
        <TextInput {...register('name')} autoComplete="off" />
      </Field>
      <div className="flex justify-end"><Button type="submit" variant="primary" busy={enrol.isPending}>{t('submit')}</Button></div>
    </form>
  );
}

/** A code for the address of a known director is most often that director's own. */
function OfferAgain({ error, code, onDone }: { error: unknown; code: string; onDone: () => void }) {
  const t = useTranslations('enrol.again');
  const { enrolAgain, mutation } = useEnrolAgain(onDone);
  const director = directorInTheWay(faultOf(error));
  if (director === null) return null;
  const { name } = director;
  return (
    <>
      {mutation.error !== null && <Failure what={t('failed', { name })} error={mutation.error} />}
      <Notice
        tone="info" what={t('offer', { name })} why={t('why', { name })}
        action={{ label: t('submit', { name }), onAction: () => void enrolAgain(director, code), busy: mutation.isPending }}
      />
    </>
  );
}
