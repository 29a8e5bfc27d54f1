'use client';
// Approve or reject a proposed revision; its author reads why it is for another person to do.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Field, TextInput, useToast } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { RevisionDetail } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole, usePerson } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { useFaultText } from '../words/use-fault-text.ts';

export interface DecideBarProps {
  clusterId: string;
  revision: Pick<RevisionDetail, 'number' | 'authorId'>;
}

export function DecideBar({ clusterId, revision: { number, authorId } }: DecideBarProps) {
  const faultText = useFaultText();
  const { id } = usePerson();
  const t = useTranslations('approval');
  if (id === authorId) return <p className="text-muted">{faultText({ code: 'ownRevision', params: { number } })}</p>;
  return <NeedsRole needs="operator" clusterId={clusterId} what={t('approve', { number })}><Decide clusterId={clusterId} number={number} /></NeedsRole>;
}

function Decide({ clusterId, number }: { clusterId: string; number: number }) {
  const t = useTranslations('approval');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [note, setNote] = useState('');
  // Also after a refusal: somebody else has saved or decided, and the page must show that.
  const onSettled = () => Promise.all([queryClient.invalidateQueries(trpc.clusters.pathFilter()), queryClient.invalidateQueries(trpc.changes.pathFilter())]);
  const approve = useMutation(trpc.clusters.approve.mutationOptions({ onSettled, onSuccess: () => toast({ text: t('approved', { number }) }) }));
  const reject = useMutation(trpc.clusters.reject.mutationOptions({ onSettled, onSuccess: () => toast({ text: t('rejected', { number }) }) }));
  const error = approve.error ?? reject.error;
  const verdict = { clusterId, number, note };
  return (
    <div className="flex flex-col gap-2">
      {error !== null && <Failure what={t('decideFailed', { number })} error={error} />}
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t('note')} className="w-100 max-w-full">
          <TextInput value={note} onChange={(event) => setNote(event.target.value)} autoComplete="off" maxLength={2_000} />
        </Field>
        <Button onClick={() => reject.mutate(verdict)} busy={reject.isPending} disabled={approve.isPending}>{t('reject', { number })}</Button>
        <Button variant="primary" onClick={() => approve.mutate(verdict)} busy={approve.isPending} disabled={reject.isPending}>{t('approve', { number })}</Button>
      </div>
    </div>
  );
}
