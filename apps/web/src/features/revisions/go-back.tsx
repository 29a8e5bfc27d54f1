'use client';
// An old revision comes back as a new one: checked, reviewed and applied as any other.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, Field, TextInput } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { RevisionDetail } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';

export interface GoBackProps {
  clusterId: string;
  revision: RevisionDetail;
}

export function GoBack({ clusterId, revision }: GoBackProps) {
  const t = useTranslations('revision');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('goBack')}</Button>
      {asking && <GoBackDialog clusterId={clusterId} revision={revision} onClose={() => setAsking(false)} />}
    </>
  );
}

function GoBackDialog({ clusterId, revision: { number, headNumber, definition }, onClose }: GoBackProps & { onClose: () => void }) {
  const t = useTranslations('revision');
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState(t('goBackReason', { number }));
  const save = useMutation(trpc.clusters.save.mutationOptions({
    // Also after a refusal: a newer head is then what the next try begins from.
    onSettled: () => queryClient.invalidateQueries(trpc.clusters.pathFilter()),
    onSuccess: (saved) => router.push(`/clusters/${clusterId}/revisions/${saved.number}`),
  }));
  return (
    <Dialog
      open onOpenChange={onClose} title={t('goBackTitle', { number })} description={t('goBackEffect', { number, next: headNumber + 1 })} closeLabel={t('close')}
      footer={(
        <Button variant="primary" busy={save.isPending} onClick={() => save.mutate({ clusterId, base: headNumber, definition, reason })}>
          {t('goBackSave', { next: headNumber + 1 })}
        </Button>
      )}
    >
      {save.error !== null && <Failure what={t('goBackFailed')} error={save.error} className="mb-3" />}
      <Field label={t('reason')}>
        <TextInput value={reason} onChange={(event) => setReason(event.target.value)} autoComplete="off" maxLength={2_000} />
      </Field>
    </Dialog>
  );
}
