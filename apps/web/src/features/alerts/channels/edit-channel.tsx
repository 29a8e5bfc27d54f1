'use client';
// A channel, new or another: its kind, where it sends, in which language, and the secrets that nobody is shown again.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Dialog, Field, Select, TextInput, useToast } from '@weir/ui';
import { useMemo } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useLocale, useTranslations } from 'use-intl';
import type { AlertChannel, SaveChannel } from '../../../alerts/alert.ts';
import { localeNames, locales } from '../../../i18n/locale.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { useSchemaResolver } from '../../form/use-schema-resolver.ts';
import { Failure } from '../../states/failure.tsx';
import { channelForm, fieldsOf, type ChannelFields } from './channel-fields.ts';

type Form = UseFormReturn<ChannelFields, unknown, SaveChannel>;

export function EditChannel({ channel, onClose }: { channel: AlertChannel | null; onClose: () => void }) {
  const t = useTranslations('alertChannels');
  return (
    <Dialog open onOpenChange={onClose} closeLabel={t('close')} title={channel === null ? t('add') : t('editChannel', { name: channel.name })}>
      <ChannelForm channel={channel} onDone={onClose} />
    </Dialog>
  );
}

function ChannelForm({ channel, onDone }: { channel: AlertChannel | null; onDone: () => void }) {
  const t = useTranslations('alertChannels');
  const save = useSaveChannel(onDone);
  const id = channel?.id ?? null;
  const form: Form = useForm({ resolver: useSchemaResolver(useMemo(() => channelForm(id), [id])), defaultValues: fieldsOf(channel, useLocale()), mode: 'onTouched' });
  const { register, watch, formState: { errors } } = form;
  const submit = form.handleSubmit((changed) => save.mutate(changed));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {save.error !== null && <Failure what={t('saveFailed')} error={save.error} />}
      <Field label={t('name')} error={errors.name?.message} required><TextInput {...register('name')} autoComplete="off" /></Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('kind')}><Select {...register('target.kind')} options={(['webHook', 'email'] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))} /></Field>
        <Field label={t('locale')}><Select {...register('locale')} options={locales.map((value) => ({ value, label: localeNames[value] }))} /></Field>
      </div>
      {watch('target.kind') === 'email' ? <EmailFields form={form} /> : <WebHookFields form={form} channel={channel} />}
      <div className="flex justify-end"><Button type="submit" variant="primary" busy={save.isPending}>{t('save')}</Button></div>
    </form>
  );
}

function useSaveChannel(onDone: () => void) {
  const t = useTranslations('alertChannels');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(trpc.alerts.saveChannel.mutationOptions({
    onSuccess: (_, { name }) => {
      void queryClient.invalidateQueries(trpc.alerts.pathFilter());
      toast({ text: t('saved', { name }) });
      onDone();
    },
  }));
}

function EmailFields({ form: { register, formState: { errors } } }: { form: Form }) {
  const t = useTranslations('alertChannels');
  return <Field label={t('to')} hint={t('toHint')} error={errors.target?.to?.message} required><TextInput {...register('target.to')} mono autoComplete="off" /></Field>;
}

function WebHookFields({ form, channel }: { form: Form; channel: AlertChannel | null }) {
  const t = useTranslations('alertChannels');
  const { register, formState: { errors } } = form;
  const kept = channel?.target.kind === 'webHook' ? channel.target : null;
  return (
    <>
      <Field label={t('url')} hint={t('urlHint')} error={errors.target?.url?.message} required><TextInput {...register('target.url')} mono autoComplete="off" placeholder="https://example.org/hook" /></Field>
      <Secret form={form} name="token" isSet={kept?.hasToken ?? false} />
      <Secret form={form} name="hmacSecret" isSet={kept?.hasHmacSecret ?? false} />
    </>
  );
}

function Secret({ form: { register, watch, formState: { errors } }, name, isSet }: { form: Form; name: 'token' | 'hmacSecret'; isSet: boolean }) {
  const t = useTranslations('alertChannels');
  const forgotten = watch(`forget.${name}`);
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={t(name)} hint={isSet ? t(`${name}Kept`) : t(`${name}Hint`)} error={errors.target?.[name]?.message}>
        <TextInput {...register(`target.${name}`)} type="password" autoComplete="new-password" disabled={forgotten} mono />
      </Field>
      {isSet && <Checkbox {...register(`forget.${name}`)} label={t('forgetSecret')} />}
    </div>
  );
}
