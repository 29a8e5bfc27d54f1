'use client';
// A flow from the live stream: the window that slides with it, or a piece of what it brought lately.
import { useMemo, useState } from 'react';
import type { LiveTick } from '../../../live/topic.ts';
import { chartTime, standingTime, type ChartTime } from '../../live/series.ts';
import type { TopicView } from '../../live/topic-buffer.ts';
import { useNow } from '../../time/now.ts';
import { rangeKey, spansMs, type ChartRange } from '../range/range.ts';
import type { Flow } from './flow.ts';
import { liveFlow, ticksIn, type LiveLine } from './live-flow.ts';

export interface LiveWindow extends Pick<TopicView, 'caughtUp'> {
  readonly time: ChartTime;
  readonly ticks: readonly LiveTick[];
}

/** Null: it reaches back further than the stream does. */
export function useLiveWindow(view: TopicView, range: ChartRange): LiveWindow | null {
  const { caughtUp } = view;
  const now = useNow();
  const time = useTime(view, range, now ?? 0);
  const ticks = useUnchanged(time === null ? [] : ticksIn(view.ticks, time));
  return useMemo(() => (time === null ? null : { time, ticks, caughtUp }), [time, ticks, caughtUp]);
}

export function useLiveFlow(window: LiveWindow | null, range: ChartRange, lines: readonly LiveLine[]): Flow | null {
  return useMemo(
    () => window && liveFlow(window.ticks, window.time, lines, { key: rangeKey(range), slides: range.kind !== 'piece' }),
    [window, range, lines],
  );
}

function useTime(view: TopicView, range: ChartRange, nowMs: number): ChartTime | null {
  const sliding = range.kind === 'live' ? chartTime(view, spansMs[range.span], nowMs) : null;
  const toMs = sliding?.window.toMs ?? null;
  const isKept = range.kind === 'piece' && reaches(view, range.window.fromMs, range.window.toMs);
  return useMemo(() => {
    if (range.kind === 'piece') return isKept ? standingTime(range.window) : null;
    if (range.kind === 'past' || toMs === null) return null;
    const { stepMs } = standingTime({ fromMs: 0, toMs: spansMs[range.span] });
    return { window: { fromMs: toMs - spansMs[range.span], toMs }, stepMs };
  }, [range, toMs, isKept]);
}

function reaches({ ticks, latest }: TopicView, fromMs: number, toMs: number): boolean {
  const [first] = ticks;
  return first !== undefined && latest !== null && first.atMs <= fromMs && latest.atMs >= toMs;
}

/** The same array while the same ticks are in it: a piece that stands is not drawn anew each second. */
function useUnchanged(ticks: readonly LiveTick[]): readonly LiveTick[] {
  const [kept, setKept] = useState(ticks);
  const same = kept.length === ticks.length && kept.every((tick, index) => tick === ticks[index]);
  if (!same) setKept(ticks);
  return same ? kept : ticks;
}
