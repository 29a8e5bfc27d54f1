'use client';
// What the live stream missed, while the panel stood still or did not reach a director, is asked of what directors remember.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPCClient } from '../../../trpc/client.ts';
import { stepsIn } from '../range/range.ts';
import type { Flow } from './flow.ts';
import { historyFlow } from './history-flow.ts';
import { filled, holesIn } from './holes.ts';
import type { HistoryAsk } from './use-history-flow.ts';

const forgetMs = 60_000;
/** While a director does not answer that has a part of it. */
const askAgainMs = 15_000;

/** `caughtUp`: the panel has said what it holds itself. */
export function useFilled(flow: Flow | null, caughtUp: boolean, { subject, by, name }: HistoryAsk): Flow | null {
  const client = useTRPCClient();
  const holes = useMemo(() => (flow !== null && caughtUp ? holesIn(flow) : []), [flow, caughtUp]);
  const [fromMs, toMs] = [holes[0]?.fromMs ?? 0, holes.at(-1)?.toMs ?? 0];
  const stepMs = flow?.stepMs ?? 0;
  const { data } = useQuery({
    // Holes slide out of the window at its begin: what was asked up to their end has them all.
    queryKey: ['history', 'holes', subject, by, toMs, stepMs],
    queryFn: () => client.history.series.query({ subject, by, fromMs, toMs, steps: stepsIn({ fromMs, toMs }, stepMs) }),
    enabled: holes.length > 0, staleTime: Infinity, gcTime: forgetMs, retry: false,
    refetchInterval: ({ state }) => (state.data?.missing.some(({ why }) => why === 'silent') ?? false) && askAgainMs,
  });
  return useMemo(() => {
    if (flow === null || holes.length === 0 || data === undefined) return flow;
    return filled(flow, holes, historyFlow(data, { key: flow.key, slides: false, window: flow.window, name }), by);
  }, [flow, holes, data, by, name]);
}
