'use client';
// A new password for a person; it ends their sessions.
import { useMutation } from '@tanstack/react-query';
import { Button, Dialog, Field, TextInput } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { Password } from '../../server/people/fields.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { Failure } from '../states/failure.tsx';
import type { ListedPerson } from './people-table.tsx';
import { usePeopleChange } from './use-people-change.ts';

const NewPassword = z.object({ password: Password });

export function ChangePassword({ person, onClose }: { person: ListedPerson; onClose: () => void }) {
  const t = useTranslations('people');
  const after = usePeopleChange(onClose);
  const change = useMutation(useTRPC().people.setPassword.mutationOptions(after(t('passwordChanged', { name: person.name }))));
  const { register, handleSubmit, formState: { errors } } = useForm({
    resolver: useSchemaResolver(NewPassword), defaultValues: { password: '' }, mode: 'onTouched',
  });
  const submit = handleSubmit(({ password }) => change.mutate({ id: person.id, password }));
  return (
    <Dialog open onOpenChange={onClose} title={t('taskFor.password', { name: person.name })} description={t('endsSessions')} closeLabel={t('close')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
        {change.error !== null && <Failure what={t('passwordFailed')} error={change.error} />}
        <Field label={t('newPassword')} hint={t('passwordHint')} error={errors.password?.message} required>
          <TextInput {...register('password')} type="password" autoComplete="new-password" />
        </Field>
        <div className="flex justify-end"><Button type="submit" variant="primary" busy={change.isPending}>{t('setPassword')}</Button></div>
      </form>
    </Dialog>
  );
}
