'use client';
// What a director forwards becomes a draft of the reader's: to be looked at, saved, reviewed and applied.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, Field, TextInput } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';

export interface AdoptDialogProps {
  clusterId: string;
  cluster: string;
  director: { readonly directorId: string; readonly name: string };
  onClose: () => void;
}

export function AdoptDialog({ clusterId, cluster, director: { directorId, name }, onClose }: AdoptDialogProps) {
  const t = useTranslations('drift');
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState(t('adoptReason', { director: name }));
  const adopt = useMutation(trpc.drift.adopt.mutationOptions({
    onSettled: () => queryClient.invalidateQueries(trpc.drafts.pathFilter()),
    onSuccess: () => router.push(`/clusters/${clusterId}/edit`),
  }));
  return (
    <Dialog
      open onOpenChange={onClose} title={t('adoptTitle', { cluster, director: name })} description={t('adoptEffect', { cluster, director: name })} closeLabel={t('close')}
      footer={<Button variant="primary" busy={adopt.isPending} onClick={() => adopt.mutate({ clusterId, directorId, reason })}>{t('adoptIt')}</Button>}
    >
      {adopt.error !== null && <Failure what={t('adoptFailed')} error={adopt.error} className="mb-3" />}
      <Field label={t('reason')}>
        <TextInput value={reason} onChange={(event) => setReason(event.target.value)} autoComplete="off" maxLength={2_000} />
      </Field>
    </Dialog>
  );
}
