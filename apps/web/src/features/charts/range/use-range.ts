'use client';
// The range of a page's charts, from its address; choosing another one can be taken back by the browser.
import type { TimeWindow } from '@weir/ui';
import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { cut, liveAgain, moved, nearer, paramsOf, rangeOf, type ChartRange } from './range.ts';
import { changeAddress } from './address.ts';

export interface RangeChoice {
  readonly range: ChartRange;
  readonly choose: (range: ChartRange) => void;
  readonly zoom: (window: TimeWindow) => void;
  readonly move: (direction: 'back' | 'forward') => void;
  /** Half as much time, or twice as much. */
  readonly scale: (factor: 0.5 | 2) => void;
  /** Back to what is live. */
  readonly live: () => void;
}

export function useRange(): RangeChoice {
  const text = useSearchParams().toString();
  const range = useMemo(() => rangeOf(new URLSearchParams(text)), [text]);
  const choose = useCallback((wanted: ChartRange) => changeAddress(paramsOf(wanted), 'push'), []);
  const zoom = useCallback((window: TimeWindow) => choose(cut(range, window, Date.now())), [choose, range]);
  const move = useCallback((direction: 'back' | 'forward') => choose(moved(range, direction, Date.now())), [choose, range]);
  const scale = useCallback((factor: 0.5 | 2) => choose(nearer(range, factor, Date.now())), [choose, range]);
  const live = useCallback(() => choose(liveAgain(range)), [choose, range]);
  return useMemo(() => ({ range, choose, zoom, move, scale, live }), [range, choose, zoom, move, scale, live]);
}
