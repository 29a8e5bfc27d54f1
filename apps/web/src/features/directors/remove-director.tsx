'use client';
// Removes a director that answers and holds nothing more; its agent is let go.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog, useToast } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';

export interface RemoveDirectorProps {
  director: Pick<DirectorView, 'id' | 'name'>;
  onClose: () => void;
}

export function RemoveDirector({ director, onClose }: RemoveDirectorProps) {
  const t = useTranslations('removeDirector');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { id: directorId, name } = director;
  const remove = useMutation(trpc.directors.remove.mutationOptions({
    onSuccess: () => {
      void queryClient.invalidateQueries();
      toast({ text: t('done', { name }) });
      onClose();
    },
  }));
  return (
    <ConfirmDialog
      open onOpenChange={onClose} title={t('title', { name })} effect={t('effect')}
      confirmLabel={t('submit', { name })} cancelLabel={t('cancel')} onConfirm={() => remove.mutate({ directorId })} busy={remove.isPending} danger
    >
      {remove.error !== null && <Failure what={t('failed', { name })} error={remove.error} />}
    </ConfirmDialog>
  );
}
