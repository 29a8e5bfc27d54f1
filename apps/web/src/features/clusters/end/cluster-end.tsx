'use client';
// A cluster that is over, or about to be: who still holds it, and what ends it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Notice, useToast } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView, Retirement } from '../../../server/clusters/cluster-view.ts';
import type { ClusterHolder } from '../../../server/forgetting/remains-view.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { canForget } from '../../directors/enrol/known-director.ts';
import { ForgetCluster } from '../../forgetting/forget-cluster.tsx';
import { NeedsRole, useMay } from '../../session/person.tsx';
import { Failure } from '../../states/failure.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { useSince } from '../../time/when.tsx';
import { wantsNothing } from '../wanted.ts';

const refreshMs = 5_000;

export function ClusterEnd({ cluster }: { cluster: ClusterView }) {
  if (cluster.retired !== null) return <Retired retired={cluster.retired} />;
  return wantsNothing(cluster) ? <Ending cluster={cluster} /> : null;
}

function Retired({ retired: { by, at, leftOn } }: { retired: Retirement }) {
  const t = useTranslations('clusterEnd');
  const since = useSince()(at.getTime());
  if (leftOn.length === 0) return <Notice tone="info" what={t('isRetired', { by, since })} why={t('isRetiredWhy')} />;
  const directors = leftOn.map(({ director }) => director).join(', ');
  return <Notice tone="warn" what={t('isForgotten', { by, since, directors })} why={t('isForgottenWhy')} />;
}

function Ending({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('clusterEnd');
  const holders = useQuery(useTRPC().clusters.holders.queryOptions({ clusterId: cluster.id }, { refetchInterval: refreshMs }));
  return (
    <Loaded query={holders} failed={t('holdersFailed')} rows={2}>
      {(data) => <EndingOn cluster={cluster} holders={data} />}
    </Loaded>
  );
}

function EndingOn({ cluster: { id, name, head }, holders }: { cluster: ClusterView; holders: readonly ClusterHolder[] }) {
  const t = useTranslations('clusterEnd');
  const admin = useMay('admin');
  const [forgetting, setForgetting] = useState(false);
  const forgotten = holders.filter(({ link }) => link === null);
  const lost = holders.filter(({ link }) => link !== null && canForget(link));
  const answering = holders.filter(({ link }) => link !== null && !canForget(link));
  const held = answering.length === 0 ? null : t('held', { directors: namesOf(answering) });
  const silent = lost.length === 0 ? null : t('heldSilent', { directors: namesOf(lost) });
  const byNobody = forgotten.length === 0 ? t('heldByNobody') : t('heldByForgotten', { directors: namesOf(forgotten) });
  return (
    <>
      <Notice tone={silent === null && forgotten.length === 0 ? 'info' : 'warn'} what={t('wantsNothing')} why={held ?? silent ?? byNobody} todo={held === null ? undefined : silent} />
      <div className="flex gap-2">
        {held === null && silent === null && <NeedsRole needs="operator" clusterId={id} silent><Retire clusterId={id} name={name} base={head.number} /></NeedsRole>}
        {admin && held === null && silent !== null && <Button variant="danger" onClick={() => setForgetting(true)}>{t('forget')}</Button>}
      </div>
      {forgetting && <ForgetCluster cluster={{ id, name, base: head.number }} onClose={() => setForgetting(false)} />}
    </>
  );
}

function namesOf(holders: readonly ClusterHolder[]): string {
  return holders.map(({ name }) => name).join(', ');
}

function Retire({ clusterId, name, base }: { clusterId: string; name: string; base: number }) {
  const t = useTranslations('clusterEnd');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const retire = useMutation(trpc.clusters.retire.mutationOptions({
    onSettled: () => queryClient.invalidateQueries(trpc.clusters.pathFilter()),
    onSuccess: () => toast({ text: t('retired', { name }) }),
  }));
  return (
    <div className="flex flex-col items-start gap-2">
      {retire.error !== null && <Failure what={t('retireFailed', { name })} error={retire.error} />}
      <Button variant="primary" busy={retire.isPending} onClick={() => retire.mutate({ clusterId, base })}>{t('retire')}</Button>
    </div>
  );
}
