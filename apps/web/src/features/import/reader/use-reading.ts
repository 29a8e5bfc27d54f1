'use client';
// The text that is being read on the page of an import, and what came of it.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReadFault, Source } from '../read-source.ts';
import { readApart, type ReadApart } from './read-apart.ts';

/** Ten million characters take about two seconds. */
export const readDeadlineMs = 30_000;

export interface Reading {
  readonly busy: boolean;
  /** Counts the results: each is shown anew. */
  readonly number: number;
  readonly result: ReadApart | null;
  readonly read: (source: Source) => void;
  /** It was too much to be read at all. */
  readonly refuse: (error: ReadFault) => void;
  /** What is being read, and what was. */
  readonly forget: () => void;
}

interface State {
  readonly busy: boolean;
  readonly number: number;
  readonly result: ReadApart | null;
}

export function useReading(): Reading {
  const [state, setState] = useState<State>({ busy: false, number: 0, result: null });
  const under = useRef<AbortController | null>(null);
  const begin = useCallback((busy: boolean, result: ReadApart | null) => {
    under.current?.abort();
    setState(({ number }) => ({ busy, number: number + 1, result }));
  }, []);
  useEffect(() => () => under.current?.abort(), []);
  const read = useCallback(async (source: Source) => {
    begin(true, null);
    const controller = new AbortController();
    under.current = controller;
    const result = await readApart(source, { deadlineMs: readDeadlineMs, signal: controller.signal });
    if (!controller.signal.aborted) setState(({ number }) => ({ busy: false, number: number + 1, result }));
  }, [begin]);
  return useMemo(() => ({ ...state, read: (source) => void read(source), refuse: (error) => begin(false, { kind: 'failed', error }), forget: () => begin(false, null) }), [begin, read, state]);
}
