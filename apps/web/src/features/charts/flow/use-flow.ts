'use client';
// What a page's charts draw: from the live stream where that reaches, from history where it does not.
import { useState } from 'react';
import type { ChartRange } from '../range/range.ts';
import type { Flow } from './flow.ts';
import type { LiveLine } from './live-flow.ts';
import { useFilled } from './use-filled.ts';
import { useHistoryFlow, type HistoryAsk, type HistoryFlow } from './use-history-flow.ts';
import { useLiveFlow, type LiveWindow } from './use-live-flow.ts';

export interface ShownFlow {
  /** Null: nothing came yet. */
  readonly flow: Flow | null;
  readonly history: HistoryFlow;
}

export function useFlow(window: LiveWindow | null, range: ChartRange, lines: readonly LiveLine[], ask: HistoryAsk): ShownFlow {
  const live = useFilled(useLiveFlow(window, range, lines), window?.caughtUp ?? false, ask);
  const history = useHistoryFlow(range, ask, window === null);
  return { flow: useLast(live ?? history.flow), history };
}

/** The old picture stays until there is a new one. */
function useLast(flow: Flow | null): Flow | null {
  const [kept, setKept] = useState(flow);
  if (flow !== null && flow !== kept) setKept(flow);
  return flow ?? kept;
}
