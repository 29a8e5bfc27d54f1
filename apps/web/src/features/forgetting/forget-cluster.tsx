'use client';
// Forgets a cluster that only directors may hold which do not answer.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Dialog } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ClusterRemains } from '../../server/forgetting/remains-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Loaded } from '../states/loaded.tsx';
import { ForgetForm } from './forget-form.tsx';
import { Remains } from './remains.tsx';
import { Undo } from './undo.tsx';
import { useForgotten } from './use-forgotten.ts';

export interface ForgetClusterProps {
  cluster: { readonly id: string; readonly name: string; readonly base: number };
  onClose: () => void;
}

export function ForgetCluster({ cluster, onClose }: ForgetClusterProps) {
  const t = useTranslations('forgetting');
  const trpc = useTRPC();
  const { id: clusterId, name, base } = cluster;
  const remains = useQuery(trpc.clusters.remains.queryOptions({ clusterId }, { gcTime: 0 }));
  const forget = useMutation(trpc.clusters.forget.mutationOptions(useForgotten(name, onClose)));
  return (
    <Dialog
      open onOpenChange={onClose} title={t('title', { name })} closeLabel={t('close')}
      description={remains.data && said(t, remains.data)}
    >
      <Loaded query={remains} failed={t('loadFailed')}>
        {({ directors }) => (
          <div className="flex flex-col gap-4">
            {directors.map((director) => (
              <div key={director.directorId} className="flex flex-col gap-4">
                <Remains remains={director} />
                <Undo remains={director} alsoThere={director.alsoThere} />
              </div>
            ))}
            {directors.length > 0 && (
              <ForgetForm name={name} busy={forget.isPending} error={forget.error} onForget={(typed) => forget.mutate({ clusterId, base, name: typed })} />
            )}
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function said(t: ReturnType<typeof useTranslations<'forgetting'>>, { name, directors }: ClusterRemains): string {
  return directors.length === 0 ? t('clusterOfNobody', { name }) : t('cluster', { name, directors: directors.map((director) => director.name).join(', ') });
}
