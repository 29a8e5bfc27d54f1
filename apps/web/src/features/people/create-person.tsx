'use client';
// A new person with a role and a first password.
import { useMutation } from '@tanstack/react-query';
import { Button, Dialog, Field, Select, TextInput } from '@weir/ui';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { Email, Password, PersonName, RoleName } from '../../server/people/fields.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { roles } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { ChooseClusters } from './choose-clusters.tsx';
import { usePeopleChange } from './use-people-change.ts';

const NewPerson = z.object({ name: PersonName, email: Email, role: RoleName, password: Password });
type NewPerson = z.input<typeof NewPerson>;

export interface CreatePersonProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CreatePerson({ open, onOpenChange }: CreatePersonProps) {
  const t = useTranslations('people');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('create')} closeLabel={t('close')}>
      <PersonForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function PersonForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('people');
  const roleName = useTranslations('roles');
  const after = usePeopleChange(onDone);
  const create = useMutation(useTRPC().people.create.mutationOptions());
  const defaultValues: NewPerson = { name: '', email: '', role: 'viewer', password: '' };
  const [clusterIds, setClusterIds] = useState<string[] | null>([]);
  const { register, handleSubmit, control, formState: { errors } } = useForm({ resolver: useSchemaResolver(NewPerson), defaultValues, mode: 'onTouched' });
  const isOperator = useWatch({ control, name: 'role' }) === 'operator';
  const submit = handleSubmit((person) => create.mutate({ ...person, ...(isOperator && { clusterIds }) }, after(t('created', { name: person.name }))));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {create.error !== null && <Failure what={t('createFailed')} error={create.error} />}
      <Field label={t('name')} error={errors.name?.message} required>
        <TextInput {...register('name')} autoComplete="off" />
      </Field>
      <Field label={t('email')} error={errors.email?.message} required>
        <TextInput {...register('email')} type="email" autoComplete="off" />
      </Field>
      <Field label={t('role')} error={errors.role?.message}>
        <Select {...register('role')} options={roles.map((value) => ({ value, label: roleName(`names.${value}`) }))} />
      </Field>
      {isOperator && (
        <fieldset>
          <legend className="mb-1 text-sm text-muted">{t('clustersOf')}</legend>
          <ChooseClusters value={clusterIds} onChange={setClusterIds} />
        </fieldset>
      )}
      <Field label={t('password')} hint={t('passwordHint')} error={errors.password?.message} required>
        <TextInput {...register('password')} type="password" autoComplete="new-password" />
      </Field>
      <div className="flex justify-end"><Button type="submit" variant="primary" busy={create.isPending}>{t('createSubmit')}</Button></div>
    </form>
  );
}
