'use client';
// The first administrator, made with the one-time link.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Field, Notice, TextInput } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { Email, Password, PersonName } from '../../server/people/fields.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { Failure } from '../states/failure.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Entrance } from './entrance.tsx';
import { signIn } from './sign-in.ts';

const FirstAdmin = z.object({ name: PersonName, email: Email, password: Password });
type FirstAdmin = z.infer<typeof FirstAdmin>;

export function Setup({ token }: { token: string | null }) {
  const t = useTranslations('setup');
  const fault = useTranslations('errors');
  const status = useQuery(useTRPC().setup.status.queryOptions(token === null ? undefined : { token }));
  if (status.data?.needed === false) {
    return (
      <Entrance title={t('title')} why={t('done')}>
        <LinkButton href="/sign-in" variant="primary">{t('signIn')}</LinkButton>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('title')} why={t('why')}>
      {token === null && <Notice tone="error" what={t('noToken')} todo={t('noTokenTodo')} />}
      {status.data?.linkInvalid === true && <Notice tone="error" what={fault('setupLinkInvalid')} />}
      {token !== null && !status.isPending && status.data?.linkInvalid !== true && <SetupForm token={token} />}
    </Entrance>
  );
}

function SetupForm({ token }: { token: string }) {
  const t = useTranslations('setup');
  const create = useMutation(useTRPC().setup.createAdmin.mutationOptions());
  const { register, handleSubmit, formState: { errors, isSubmitting } } = useForm({
    resolver: useSchemaResolver(FirstAdmin), defaultValues: { name: '', email: '', password: '' }, mode: 'onTouched',
  });
  const submit = handleSubmit(async (admin: FirstAdmin) => {
    const made = await create.mutateAsync({ token, ...admin }).then(() => true, () => false);
    if (!made) return;
    const refused = await signIn(admin);
    window.location.assign(refused === null ? '/' : '/sign-in');
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {create.error !== null && <Failure what={t('failed')} error={create.error} />}
      <Field label={t('name')} error={errors.name?.message} required>
        <TextInput {...register('name')} autoComplete="name" />
      </Field>
      <Field label={t('email')} error={errors.email?.message} required>
        <TextInput {...register('email')} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} />
      </Field>
      <Field label={t('password')} hint={errors.password === undefined && t('passwordHint')} error={errors.password?.message} required>
        <TextInput {...register('password')} type="password" autoComplete="new-password" />
      </Field>
      <Button type="submit" variant="primary" busy={isSubmitting}>{t('submit')}</Button>
    </form>
  );
}
