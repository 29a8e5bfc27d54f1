// The last minutes of one topic: ticks in the order of their time, each second once.
import { tracesOf } from '../../live/service-line.ts';
import type { LiveTick } from '../../live/topic.ts';

/** What the panel keeps, and the longest range a page shows. */
export const keptMs = 15 * 60_000;

export interface TopicView {
  /** Oldest first. */
  readonly ticks: readonly LiveTick[];
  readonly latest: LiveTick | null;
  /** Whether the past has been asked for and answered. */
  readonly caughtUp: boolean;
}

export const emptyView: TopicView = { ticks: [], latest: null, caughtUp: false };

function trimmed(ticks: readonly LiveTick[]): readonly LiveTick[] {
  const newest = ticks.at(-1);
  if (newest === undefined) return ticks;
  const first = ticks.findIndex(({ atMs }) => atMs > newest.atMs - keptMs);
  return first <= 0 ? ticks : ticks.slice(first);
}

/** The newest has the overview's lines in full; of those before it, what is drawn of them is kept, a tenth of it. */
function past(tick: LiveTick): LiveTick {
  const { lines, ...rest } = tick;
  return lines === undefined ? tick : { ...rest, traces: tracesOf(lines.shown) };
}

/** A tick that is not newer than the newest (a stream that began again) says nothing new. */
export function withTick(view: TopicView, tick: LiveTick): TopicView {
  if (view.latest !== null && tick.atMs <= view.latest.atMs) return view;
  return { ...view, ticks: trimmed([...view.ticks.slice(0, -1), ...view.ticks.slice(-1).map(past), tick]), latest: tick };
}

/** Puts what the panel remembers before and between what came meanwhile. */
export function withHistory(view: TopicView, history: readonly LiveTick[]): TopicView {
  const byTime = new Map([...history, ...view.ticks].map((tick) => [tick.atMs, tick]));
  const ticks = trimmed([...byTime.values()].toSorted((a, b) => a.atMs - b.atMs));
  return { ticks, latest: ticks.at(-1) ?? null, caughtUp: true };
}
