'use client';
// Removes a channel: rules that send to it send there no more.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog, useToast } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { AlertChannel } from '../../../alerts/alert.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { Failure } from '../../states/failure.tsx';

export function RemoveChannel({ channel: { id, name }, onClose }: { channel: AlertChannel; onClose: () => void }) {
  const t = useTranslations('alertChannels');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const rules = useQuery(trpc.alerts.rules.queryOptions()).data ?? [];
  const remove = useMutation(trpc.alerts.removeChannel.mutationOptions({
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.alerts.pathFilter());
      toast({ text: t('removed', { name }) });
      onClose();
    },
  }));
  return (
    <ConfirmDialog
      open onOpenChange={onClose} danger title={t('removeChannel', { name })} effect={t('removeEffect', { count: rules.filter(({ channelIds }) => channelIds.includes(id)).length })}
      confirmLabel={t('remove')} cancelLabel={t('cancel')} onConfirm={() => remove.mutate({ id })} busy={remove.isPending}
    >
      {remove.error !== null && <Failure what={t('removeFailed')} error={remove.error} />}
    </ConfirmDialog>
  );
}
