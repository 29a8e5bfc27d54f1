'use client';
// A cluster that is over, or about to be: who still holds it, and what ends it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Notice, useToast } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView, Retirement } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { ForgetCluster } from '../forgetting/forget-cluster.tsx';
import { NeedsRole, useMay } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { useSince } from '../time/when.tsx';
import { wantsNothing } from './wanted.ts';

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
  const admin = useMay('admin');
  const [forgetting, setForgetting] = useState(false);
  const { id, name, head, directors } = cluster;
  const names = (silent: boolean) => directors.filter(({ link }) => (link !== 'connected' && link !== 'connecting') === silent).map((director) => director.name).join(', ');
  const [answering, silent] = [names(false), names(true)];
  const why = answering !== '' ? t('held', { directors: answering }) : silent !== '' ? t('heldSilent', { directors: silent }) : t('heldByNobody');
  return (
    <>
      <Notice tone={silent === '' ? 'info' : 'warn'} what={t('wantsNothing')} why={why} todo={answering !== '' && silent !== '' ? t('heldSilent', { directors: silent }) : undefined} />
      <div className="flex gap-2">
        {directors.length === 0 && <NeedsRole needs="operator" clusterId={id} silent><Retire cluster={cluster} /></NeedsRole>}
        {admin && answering === '' && <Button variant="danger" onClick={() => setForgetting(true)}>{t('forget')}</Button>}
      </div>
      {forgetting && <ForgetCluster cluster={{ id, name, base: head.number }} onClose={() => setForgetting(false)} />}
    </>
  );
}

function Retire({ cluster: { id: clusterId, name, head } }: { cluster: ClusterView }) {
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
      <Button variant="primary" busy={retire.isPending} onClick={() => retire.mutate({ clusterId, base: head.number })}>{t('retire')}</Button>
    </div>
  );
}
