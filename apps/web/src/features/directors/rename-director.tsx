'use client';
// Gives a director another name.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Name } from '@weir/model';
import { Button, Dialog, Field, TextInput, useToast } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { useTRPC } from '../../trpc/client.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { Failure } from '../states/failure.tsx';
import type { KnownDirector } from './enrol/known-director.ts';

const NewName = z.object({ name: Name });

export function RenameDirector({ director: { id: directorId, name: before }, onClose }: { director: KnownDirector; onClose: () => void }) {
  const t = useTranslations('renameDirector');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { register, handleSubmit, formState: { errors } } = useForm({
    resolver: useSchemaResolver(NewName), defaultValues: { name: before }, mode: 'onTouched',
  });
  const rename = useMutation(trpc.directors.rename.mutationOptions({
    onSuccess: (_, { name }) => {
      void queryClient.invalidateQueries();
      toast({ text: t('done', { before, name }) });
      onClose();
    },
  }));
  const submit = handleSubmit(({ name }) => rename.mutate({ directorId, name }));
  return (
    <Dialog open onOpenChange={onClose} title={t('title', { name: before })} description={t('why')} closeLabel={t('close')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
        {rename.error !== null && <Failure what={t('failed', { name: before })} error={rename.error} />}
        <Field label={t('name')} error={errors.name?.message} required><TextInput {...register('name')} autoComplete="off" /></Field>
        <div className="flex justify-end"><Button type="submit" variant="primary" busy={rename.isPending}>{t('submit')}</Button></div>
      </form>
    </Dialog>
  );
}
