'use client';
// Gives a known director the key and the address of a code.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToast } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../../trpc/client.ts';
import type { KnownDirector } from './known-director.ts';

export function useEnrolAgain(onDone: () => void) {
  const t = useTranslations('enrol.again');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const mutation = useMutation(trpc.directors.enrolAgain.mutationOptions());
  const enrolAgain = async ({ id, name }: KnownDirector, code: string) => {
    const done = await mutation.mutateAsync({ directorId: id, code }).then(() => true, () => false);
    if (!done) return;
    await queryClient.invalidateQueries(trpc.directors.pathFilter());
    toast({ text: t('done', { name }) });
    onDone();
  };
  return { enrolAgain, mutation };
}
