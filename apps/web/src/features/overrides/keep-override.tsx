'use client';
// "Keep" makes a revision with the override's weight; the override goes on until the revision is applied and somebody ends it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Override } from '@weir/model';
import { Button, useToast } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { faultOf } from '../../trpc/fault.ts';
import { useFaultText } from '../words/use-fault-text.ts';

export function KeepOverride({ cluster, override }: { cluster: ClusterView; override: Override }) {
  const t = useTranslations('overrides');
  const faultText = useFaultText();
  const toast = useToast();
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const keep = useMutation(trpc.overrides.keep.mutationOptions({
    onSuccess: ({ number }) => {
      toast({ text: t('kept', { revision: number }), action: { label: t('review'), onAction: () => router.push(`/clusters/${cluster.id}/change`) } });
      void queryClient.invalidateQueries(trpc.clusters.pathFilter());
    },
    onError: (error) => toast({ text: `${t('keepFailed')} ${faultText(faultOf(error))}`, urgent: true }),
  }));
  const { target, effect, cause, author, reason } = override;
  const service = cluster.head.definition.services.find(({ id }) => id === target.serviceId);
  const realServer = service?.realServers.find(({ id }) => id === target.realServerId);
  if (service === undefined || realServer === undefined || effect.kind !== 'weight') return null;
  const { weight } = effect;
  if (realServer.weight === weight) return <span className="text-sm text-muted">{t('keptAlready', { revision: cluster.head.number })}</span>;
  const words = { weight, realServer: realServer.name, service: service.name, cause: t(`causes.${cause}`), author };
  const why = reason === '' ? t('keepReason', words) : `${t('keepReason', words)}: ${reason}`.slice(0, 2_000);
  return (
    <Button
      variant="quiet" className="h-7" busy={keep.isPending} title={t('keepWhy')}
      onClick={() => keep.mutate({ clusterId: cluster.id, overrideId: override.id, base: cluster.head.number, reason: why })}
    >
      {t('keep')}
    </Button>
  );
}
