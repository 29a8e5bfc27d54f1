'use client';
// By which server e-mail is sent, and as whom.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Dialog, Field, Notice, NumberInput, Select, TextInput, useToast } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { MailSecurity, type MailServer } from '../../../alerts/alert.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { useSchemaResolver } from '../../form/use-schema-resolver.ts';
import { Failure } from '../../states/failure.tsx';
import { fieldsOf, MailForm, usualPorts } from './mail-fields.ts';

export function EditMailServer({ server, onClose }: { server: MailServer | null; onClose: () => void }) {
  const t = useTranslations('mailServer');
  return (
    <Dialog open onOpenChange={onClose} closeLabel={t('close')} title={t('title')} description={t('why')}>
      <ServerForm server={server} onDone={onClose} />
    </Dialog>
  );
}

function ServerForm({ server, onDone }: { server: MailServer | null; onDone: () => void }) {
  const t = useTranslations('mailServer');
  const save = useSaveMailServer(onDone);
  const { register, watch, getFieldState, setValue, handleSubmit, formState } = useForm({ resolver: useSchemaResolver(MailForm), defaultValues: fieldsOf(server), mode: 'onTouched' });
  const { errors } = formState;
  const security = register('security', {
    // The usual port follows, until somebody writes another.
    onChange: ({ target: { value } }: { target: { value: string } }) => {
      if (!getFieldState('port', formState).isDirty) setValue('port', usualPorts[MailSecurity.parse(value)]);
    },
  });
  const submit = handleSubmit((changed) => save.mutate(changed));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {save.error !== null && <Failure what={t('saveFailed')} error={save.error} />}
      <Field label={t('host')} error={errors.host?.message} required><TextInput {...register('host')} mono autoComplete="off" placeholder="mail.example.org" /></Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('security')}><Select {...security} options={MailSecurity.options.map((value) => ({ value, label: t(`securities.${value}`) }))} /></Field>
        <Field label={t('port')} error={errors.port?.message} required><NumberInput {...register('port')} min={1} max={65_535} /></Field>
      </div>
      {watch('security') === 'none' && <Notice tone="warn" what={t('notEncrypted')} />}
      <Field label={t('user')} hint={t('userHint')} error={errors.user?.message}><TextInput {...register('user')} autoComplete="off" /></Field>
      <Field label={t('password')} hint={server?.hasPassword === true && t('passwordKept')} error={errors.password?.message}>
        <TextInput {...register('password')} type="password" autoComplete="new-password" disabled={watch('forgetPassword')} />
      </Field>
      {server?.hasPassword === true && <Checkbox {...register('forgetPassword')} label={t('forgetPassword')} />}
      <Field label={t('from')} error={errors.from?.message} required><TextInput {...register('from')} type="email" autoComplete="off" placeholder="weir@example.org" /></Field>
      <div className="flex justify-end"><Button type="submit" variant="primary" busy={save.isPending}>{t('save')}</Button></div>
    </form>
  );
}

function useSaveMailServer(onDone: () => void) {
  const t = useTranslations('mailServer');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(trpc.alerts.setMailServer.mutationOptions({
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.alerts.pathFilter());
      toast({ text: t('saved') });
      onDone();
    },
  }));
}
