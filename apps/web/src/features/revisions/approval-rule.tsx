'use client';
// The cluster's approval rule: everybody sees it, administrators set it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Switch } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useMay } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';

export function ApprovalRule({ cluster }: { cluster: Pick<ClusterView, 'id' | 'approvalRequired'> }) {
  const t = useTranslations('approval');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay('admin');
  const set = useMutation(trpc.clusters.setApproval.mutationOptions({
    onSettled: () => queryClient.invalidateQueries(trpc.clusters.pathFilter()),
  }));
  return (
    <div className="flex flex-col gap-1 border-b border-line px-3 py-1">
      <Switch
        label={t('rule')} checked={cluster.approvalRequired} disabled={!may || set.isPending}
        onChange={(required) => set.mutate({ clusterId: cluster.id, required })}
      />
      <p className="pb-1 text-sm text-muted">{t(cluster.approvalRequired ? 'ruleOn' : 'ruleOff')}</p>
      {set.error !== null && <Failure what={t('ruleFailed')} error={set.error} />}
    </div>
  );
}
