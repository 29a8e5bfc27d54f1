'use client';
// The drains of a cluster, each second while there are any, and the orders about them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useToast } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DrainOutcome, DrainView } from '../../server/drains/drain-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { faultOf } from '../../trpc/fault.ts';
import { useFaultText } from '../words/use-fault-text.ts';

const countingMs = 1_000;
const lookingMs = 3_000;
const none: readonly DrainView[] = [];

export function useDrains(clusterId: string): readonly DrainView[] {
  const query = useTRPC().drains.list.queryOptions({ clusterId }, {
    refetchInterval: ({ state }) => ((state.data ?? none).length > 0 ? countingMs : lookingMs),
  });
  return useQuery(query).data ?? none;
}

export function useRefreshDrains(): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(trpc.drains.pathFilter());
    void queryClient.invalidateQueries(trpc.overrides.pathFilter());
  };
}

/** Says what an order came to: done, or which director did not take it and why. */
function useTellOutcome(): (done: string, outcome: DrainOutcome) => void {
  const t = useTranslations('drain');
  const faultText = useFaultText();
  const toast = useToast();
  return (done, { directors }) => {
    const missing = directors.filter(({ error }) => error !== null);
    if (missing.length === 0) return toast({ text: done });
    return toast({ text: t('notEverywhere', { why: missing.map(({ name, error }) => (error === null ? name : faultText(error))).join(' ') }), urgent: true });
  };
}

export interface DrainOrders {
  readonly end: (drainId: string) => void;
  readonly again: (drainId: string) => void;
  readonly busy: boolean;
}

export function useDrainOrders(clusterId: string): DrainOrders {
  const t = useTranslations('drain');
  const faultText = useFaultText();
  const toast = useToast();
  const onSettled = useRefreshDrains();
  const tell = useTellOutcome();
  const trpc = useTRPC();
  const onError = (what: string) => (error: unknown): void => toast({ text: `${what} ${faultText(faultOf(error))}`, urgent: true });
  const ending = useMutation(trpc.drains.end.mutationOptions({ onSuccess: (outcome) => tell(t('ended'), outcome), onError: onError(t('endFailed')), onSettled }));
  const again = useMutation(trpc.drains.again.mutationOptions({ onSuccess: (outcome) => tell(t('orderedThere'), outcome), onError: onError(t('notBegun')), onSettled }));
  return {
    end: (drainId) => ending.mutate({ clusterId, drainId }), again: (drainId) => again.mutate({ clusterId, drainId }),
    busy: ending.isPending || again.isPending,
  };
}
