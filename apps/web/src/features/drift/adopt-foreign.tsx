'use client';
// A service that others made becomes part of a cluster: first a draft of the reader's, then, applied, Weir's.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, Field, Notice, Select } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { operates } from '../../server/auth/operates.ts';
import { usePerson } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';

export interface AdoptForeignProps {
  director: { readonly directorId: string; readonly name: string };
  /** The service, as `ipvsadm -Sn` writes it. */
  rule: string;
  clusters: readonly { readonly clusterId: string; readonly name: string }[];
}

/** For those who operate a cluster that is on this director. */
export function AdoptForeign({ clusters, ...of }: AdoptForeignProps) {
  const t = useTranslations('drift');
  const person = usePerson();
  const [asking, setAsking] = useState(false);
  const own = person.role === 'viewer' ? [] : clusters.filter(({ clusterId }) => operates(person, clusterId));
  const [first] = own;
  if (first === undefined) return null;
  return (
    <>
      <Button className="h-7" onClick={() => setAsking(true)}>{t('adoptForeign')}</Button>
      {asking && <AdoptDialog {...of} clusters={own} first={first.clusterId} onClose={() => setAsking(false)} />}
    </>
  );
}

function AdoptDialog({ director: { directorId, name }, rule, clusters, first, onClose }: AdoptForeignProps & { first: string; onClose: () => void }) {
  const t = useTranslations('drift');
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [clusterId, setClusterId] = useState(first);
  const adopt = useMutation(trpc.drift.adoptForeign.mutationOptions({
    onSettled: () => queryClient.invalidateQueries(trpc.drafts.pathFilter()),
    onSuccess: () => router.push(`/clusters/${clusterId}/edit`),
  }));
  const ofMark = /^-A (-6 )?-f /.test(rule);
  const order = (): void => adopt.mutate({ clusterId, directorId, rule, reason: t('adoptReason', { director: name }) });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('adoptForeignTitle', { director: name })} description={rule} closeLabel={t('close')}
      footer={<Button variant="primary" busy={adopt.isPending} onClick={order}>{t('adoptIt')}</Button>}
    >
      {adopt.error !== null && <Failure what={t('adoptFailed')} error={adopt.error} className="mb-3" />}
      <p className="mb-3 text-muted">{t('adoptForeignEffect')}</p>
      {ofMark && <Notice tone="warn" className="mb-3" what={t('adoptMark')} todo={t('adoptMarkTodo')} />}
      <Field label={t('adoptFor')}>
        <Select value={clusterId} onChange={(event) => setClusterId(event.target.value)} options={clusters.map((each) => ({ value: each.clusterId, label: each.name }))} />
      </Field>
    </Dialog>
  );
}
