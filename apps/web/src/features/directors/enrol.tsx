'use client';
// Enrols a director: the command for its host, and the code that it printed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Name } from '@weir/model';
import { parseEnrolmentCode } from '@weir/protocol';
import { Button, Copy, Dialog, Field, TextInput, useToast } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { useTRPC } from '../../trpc/client.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { Failure } from '../states/failure.tsx';

const command = 'weir-agent enrol --data /var/lib/weir --address HOST:9348';

const Enrolment = z.object({
  name: Name,
  code: z.string().refine((code) => parseEnrolmentCode(code) !== null, { params: { code: 'notACode' } }),
});

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
  const { register, handleSubmit, formState: { errors } } = useForm({
    resolver: useSchemaResolver(Enrolment), defaultValues: { name: '', code: '' }, mode: 'onTouched',
  });
  const submit = handleSubmit(async (enrolment) => {
    const done = await enrol.mutateAsync(enrolment).then(() => true, () => false);
    if (!done) return;
    await queryClient.invalidateQueries(trpc.directors.pathFilter());
    toast({ text: t('done', { name: enrolment.name }) });
    onDone();
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      <div>
        <p className="text-sm text-muted">{t('run')}</p>
        <p className="flex items-center gap-1">
          <code className="min-w-0 break-words">{command}</code>
          <Copy value={command} label={t('copyCommand')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
        </p>
      </div>
      {enrol.error !== null && <Failure what={t('failed')} error={enrol.error} />}
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
