'use client';
// Enrols a known director again, whose agent lost its key, its panel or its host.
import { Button, Dialog, Field, TextInput } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import type { DirectorView } from '../../../server/gateway/director-view.ts';
import { useSchemaResolver } from '../../form/use-schema-resolver.ts';
import { Failure } from '../../states/failure.tsx';
import { EnrolmentCode } from './enrolment-code.ts';
import { againCommand } from './known-director.ts';
import { PrintCode } from './print-code.tsx';
import { useEnrolAgain } from './use-enrol-again.ts';

const NewKey = z.object({ code: EnrolmentCode });

export interface EnrolAgainProps {
  director: Pick<DirectorView, 'id' | 'name' | 'address'>;
  onClose: () => void;
}

export function EnrolAgain({ director, onClose }: EnrolAgainProps) {
  const t = useTranslations('enrol');
  const { name } = director;
  return (
    <Dialog open onOpenChange={onClose} title={t('again.title', { name })} description={t('again.why', { name })} closeLabel={t('close')}>
      <EnrolAgainForm director={director} onClose={onClose} />
    </Dialog>
  );
}

function EnrolAgainForm({ director, onClose }: EnrolAgainProps) {
  const t = useTranslations('enrol');
  const { name, address } = director;
  const { enrolAgain, mutation } = useEnrolAgain(onClose);
  const { register, handleSubmit, formState: { errors } } = useForm({
    resolver: useSchemaResolver(NewKey), defaultValues: { code: '' }, mode: 'onTouched',
  });
  const submit = handleSubmit(({ code }) => enrolAgain(director, code));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      <PrintCode text={t('again.run', { name })} command={againCommand(address)} />
      {mutation.error !== null && <Failure what={t('again.failed', { name })} error={mutation.error} />}
      <Field label={t('code')} hint={t('codeHint')} error={errors.code?.message} required>
        <TextInput {...register('code')} mono autoComplete="off" spellCheck={false} placeholder="weir1-…" />
      </Field>
      <div className="flex justify-end"><Button type="submit" variant="primary" busy={mutation.isPending}>{t('again.submit', { name })}</Button></div>
    </form>
  );
}
