'use client';
// A flow from history: the last answer stays until the next one is there.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { HistoryAnswer, HistoryInput, HistorySubject } from '../../../history/series.ts';
import { useTRPCClient } from '../../../trpc/client.ts';
import { againMs, rangeKey, shownWindow, stepsIn, type ChartRange } from '../range/range.ts';
import { useShownNow } from '../range/use-shown-now.ts';
import type { Flow } from './flow.ts';
import { historyFlow } from './history-flow.ts';

export interface HistoryAsk {
  readonly subject: HistorySubject;
  readonly by: HistoryInput['by'];
  /** Of the one line that is the whole. */
  readonly name: string;
}

export interface HistoryFlow {
  readonly flow: Flow | null;
  readonly answer: HistoryAnswer | null;
  /** What is shown is not yet what was asked for. */
  readonly late: boolean;
  readonly error: unknown;
  readonly busy: boolean;
  readonly retry: () => void;
}

// A window that slides asks anew each time: what it was is not asked for again.
const forgetMs = 60_000;

export function useHistoryFlow(range: ChartRange, { subject, by, name }: HistoryAsk, wanted: boolean): HistoryFlow {
  const client = useTRPCClient();
  const now = useShownNow();
  const key = rangeKey(range);
  const slides = range.kind !== 'piece';
  const { fromMs, toMs } = shownWindow(range, now ?? 0);
  const query = useQuery({
    queryKey: ['history', subject, by, key, fromMs, toMs],
    queryFn: async () => {
      const window = { fromMs, toMs };
      return { key, slides, window, answer: await client.history.series.query({ subject, by, ...window, steps: stepsIn(window) }) };
    },
    enabled: wanted && now !== null, placeholderData: keepPreviousData, staleTime: Infinity, gcTime: forgetMs, retry: false,
    refetchInterval: againMs(range, now ?? Infinity),
  });
  const { data } = query;
  const flow = useMemo(() => (data ? historyFlow(data.answer, { ...data, name }) : null), [data, name]);
  return {
    flow: wanted ? flow : null, answer: data?.answer ?? null, late: wanted && data?.key !== key && query.error === null,
    error: wanted ? query.error : null, busy: query.isFetching, retry: () => void query.refetch(),
  };
}
