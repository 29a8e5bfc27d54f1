'use client';
// Deleting begins as a revision that wants nothing: reviewed and applied like any other, and only then is the cluster retired.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ClusterDefinition } from '@weir/model';
import { Button, Dialog, Field, TextInput } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { Failure } from '../../states/failure.tsx';
import { wantedOf } from '../wanted.ts';

export interface DeleteClusterProps {
  cluster: Pick<ClusterView, 'id' | 'name' | 'head' | 'wanted' | 'approvalRequired'>;
}

export function DeleteCluster({ cluster }: DeleteClusterProps) {
  const t = useTranslations('clusterEnd');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('delete')}</Button>
      {asking && <DeleteDialog cluster={cluster} onClose={() => setAsking(false)} />}
    </>
  );
}

function DeleteDialog({ cluster, onClose }: DeleteClusterProps & { onClose: () => void }) {
  const t = useTranslations('clusterEnd');
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id: clusterId, name, head, approvalRequired } = cluster;
  const [reason, setReason] = useState(t('defaultReason', { name }));
  const next = head.number + 1;
  const definition: ClusterDefinition = { ...wantedOf(cluster).definition, directors: [], vips: [], services: [] };
  const save = useMutation(trpc.clusters.save.mutationOptions({
    // Also after a refusal: a newer head is then what the next try begins from.
    onSettled: () => queryClient.invalidateQueries(trpc.clusters.pathFilter()),
    onSuccess: ({ number }) => router.push(approvalRequired ? `/clusters/${clusterId}/revisions/${number}` : `/clusters/${clusterId}/change`),
  }));
  return (
    <Dialog
      open onOpenChange={onClose} title={t('title', { name })} description={t('effect', { next })} closeLabel={t('close')}
      footer={<Button variant="danger" busy={save.isPending} onClick={() => save.mutate({ clusterId, base: head.number, definition, reason })}>{t('save', { next })}</Button>}
    >
      {save.error !== null && <Failure what={t('saveFailed')} error={save.error} className="mb-3" />}
      <Field label={t('reason')}>
        <TextInput value={reason} onChange={(event) => setReason(event.target.value)} autoComplete="off" maxLength={2_000} />
      </Field>
    </Dialog>
  );
}
