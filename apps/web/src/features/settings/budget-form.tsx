'use client';
// How much history may be.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Field, TextInput, useToast } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { budgetMaxBytes, budgetMinBytes } from '../../history/storage.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { Failure } from '../states/failure.tsx';

const bytesInGb = 1_000_000_000;
const isNumber = (text: string) => /^\d+(\.\d+)?$/.test(text);
const Budget = z.object({
  gigabytes: z.string().trim().refine(isNumber, { params: { code: 'notANumber' } }).transform(Number).pipe(z.number().min(budgetMinBytes / bytesInGb).max(budgetMaxBytes / bytesInGb)),
});

export function BudgetForm({ budgetBytes }: { budgetBytes: number }) {
  const t = useTranslations('settings');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const set = useMutation(trpc.history.setBudget.mutationOptions({
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.history.storage.pathFilter());
      toast({ text: t('budgetSet') });
    },
  }));
  const { register, handleSubmit, formState: { errors } } = useForm({
    resolver: useSchemaResolver(Budget), defaultValues: { gigabytes: String(budgetBytes / bytesInGb) }, mode: 'onTouched',
  });
  const submit = handleSubmit(({ gigabytes }) => set.mutate({ budgetBytes: Math.round(gigabytes * bytesInGb) }));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {set.error !== null && <Failure what={t('budgetFailed')} error={set.error} />}
      <Field label={t('budget')} hint={t('budgetHint')} error={errors.gigabytes?.message} className="max-w-[60ch]">
        <span className="flex gap-2">
          <span className="w-28"><TextInput {...register('gigabytes')} inputMode="decimal" autoComplete="off" mono className="text-right" /></span>
          <Button type="submit" variant="secondary" busy={set.isPending}>{t('setBudget')}</Button>
        </span>
      </Field>
    </form>
  );
}
