'use client';
// The overrides of a cluster, asked for again and again, and the orders about them with what they came to.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useToast } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorOverrides, OverrideAnswer, OverrideOutcome } from '../../server/overrides/override-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { faultOf } from '../../trpc/fault.ts';
import { useFaultText } from '../words/use-fault-text.ts';

const refreshMs = 2_000;
const noDirectors: readonly DirectorOverrides[] = [];

export function useOverrides(clusterId: string): readonly DirectorOverrides[] {
  return useQuery(useTRPC().overrides.list.queryOptions({ clusterId }, { refetchInterval: refreshMs })).data ?? noDirectors;
}

export function isAcknowledged({ ordered, acknowledged, error }: OverrideAnswer): boolean {
  return error === null && ordered === acknowledged;
}

export function useRefreshOverrides(): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries(trpc.overrides.pathFilter());
}

/** Says what an order came to: done, or which director did not acknowledge it and why. */
function useTellOutcome(): (done: string, outcome: OverrideOutcome) => void {
  const t = useTranslations('overrides');
  const faultText = useFaultText();
  const toast = useToast();
  return (done, { directors }) => {
    const missing = directors.filter((answer) => !isAcknowledged(answer));
    if (missing.length === 0) return toast({ text: done });
    const why = missing.map(({ name, error }) => (error === null ? name : faultText(error))).join(' ');
    return toast({ text: t('notEverywhere', { why }), urgent: true });
  };
}

export function useEndOverrides(clusterId: string): { readonly end: (overrideIds: readonly string[]) => void; readonly busy: boolean } {
  const t = useTranslations('overrides');
  const faultText = useFaultText();
  const toast = useToast();
  const refresh = useRefreshOverrides();
  const tell = useTellOutcome();
  const ending = useMutation(useTRPC().overrides.end.mutationOptions({
    onSuccess: (outcome) => tell(t('ended'), outcome),
    onError: (error) => toast({ text: `${t('endFailed')} ${faultText(faultOf(error))}`, urgent: true }),
    onSettled: refresh,
  }));
  return { end: (overrideIds) => ending.mutate({ clusterId, overrideIds: [...overrideIds] }), busy: ending.isPending };
}

export function useSetThere(clusterId: string): { readonly setThere: (overrideId: string, directorId: string) => void; readonly busy: boolean } {
  const t = useTranslations('overrides');
  const faultText = useFaultText();
  const toast = useToast();
  const refresh = useRefreshOverrides();
  const tell = useTellOutcome();
  const setting = useMutation(useTRPC().overrides.setThere.mutationOptions({
    onSuccess: (outcome) => tell(t('setThereDone', { directors: outcome.directors.map(({ name }) => name).join(', ') }), outcome),
    onError: (error) => toast({ text: `${t('setFailed')} ${faultText(faultOf(error))}`, urgent: true }),
    onSettled: refresh,
  }));
  return { setThere: (overrideId, directorId) => setting.mutate({ clusterId, overrideId, directorId }), busy: setting.isPending };
}
