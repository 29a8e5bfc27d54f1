'use client';
// Removes a director that answers and holds nothing more; its agent is let go.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog, Dialog, Notice, useToast } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';
import { againCommand } from './known-director.ts';
import { PrintCode } from './print-code.tsx';

export interface RemoveDirectorProps {
  director: Pick<DirectorView, 'id' | 'name' | 'address'>;
  onClose: () => void;
}

export function RemoveDirector({ director, onClose }: RemoveDirectorProps) {
  const t = useTranslations('removeDirector');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { id: directorId, name } = director;
  const remove = useMutation(trpc.directors.remove.mutationOptions({
    onSuccess: ({ released }) => {
      void queryClient.invalidateQueries();
      if (!released) return;
      toast({ text: t('done', { name }) });
      onClose();
    },
  }));
  if (remove.data?.released === false) return <StillObeys director={director} onClose={onClose} />;
  return (
    <ConfirmDialog
      open onOpenChange={onClose} title={t('title', { name })} effect={t('effect')}
      confirmLabel={t('submit', { name })} cancelLabel={t('cancel')} onConfirm={() => remove.mutate({ directorId })} busy={remove.isPending} danger
    >
      {remove.error !== null && <Failure what={t('failed', { name })} error={remove.error} />}
    </ConfirmDialog>
  );
}

function StillObeys({ director: { name, address }, onClose }: RemoveDirectorProps) {
  const t = useTranslations('removeDirector');
  return (
    <Dialog open onOpenChange={onClose} title={t('title', { name })} closeLabel={t('close')}>
      <div className="flex flex-col gap-3">
        <Notice tone="warn" what={t('stillObeys', { name })} why={t('stillObeysWhy')} />
        <PrintCode text={t('reset')} command={againCommand(address)} />
      </div>
    </Dialog>
  );
}
