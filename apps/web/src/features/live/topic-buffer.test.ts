// The last minutes of one topic.
import { expect, test } from 'vitest';
import type { LiveTick } from '../../live/topic.ts';
import { emptyView, keptMs, withHistory, withTick } from './topic-buffer.ts';

const tick = (atMs: number): LiveTick => ({ topic: 'overview', atMs, directors: [], clusters: [], services: [] });
const times = (view: { ticks: readonly LiveTick[] }) => view.ticks.map(({ atMs }) => atMs);

test('ticks follow each other and the newest is the latest', () => {
  const view = withTick(withTick(emptyView, tick(1_000)), tick(2_000));
  expect(times(view)).toEqual([1_000, 2_000]);
  expect(view.latest?.atMs).toBe(2_000);
});

test('a second that came already changes nothing', () => {
  const view = withTick(emptyView, tick(2_000));
  expect(withTick(view, tick(2_000))).toBe(view);
  expect(withTick(view, tick(1_000))).toBe(view);
});

test('what is older than the range is dropped', () => {
  const view = withTick(withTick(emptyView, tick(0)), tick(keptMs + 1));
  expect(times(view)).toEqual([keptMs + 1]);
});

test('history fills what was missed, each second once, and keeps what came meanwhile', () => {
  const view = withHistory(withTick(emptyView, tick(4_000)), [tick(1_000), tick(3_000), tick(4_000)]);
  expect(times(view)).toEqual([1_000, 3_000, 4_000]);
  expect(view.caughtUp).toBe(true);
});

test('an empty past leaves an empty view that is caught up', () => {
  expect(withHistory(emptyView, [])).toEqual({ ticks: [], latest: null, caughtUp: true });
});
