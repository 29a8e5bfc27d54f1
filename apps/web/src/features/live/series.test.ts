// Ticks become points.
import { expect, test } from 'vitest';
import type { LiveTick } from '../../live/topic.ts';
import { chartTime, pointsMax, pointsOf, standingTime } from './series.ts';
import { emptyView, withHistory } from './topic-buffer.ts';

const tick = (atMs: number): LiveTick => ({
  topic: 'overview', atMs, services: [],
  directors: [],
});

test('five minutes are drawn by the second, fifteen in steps that keep to the bound', () => {
  expect(chartTime(emptyView, 300_000, 1_000_500)).toEqual({ window: { fromMs: 701_000, toMs: 1_001_000 }, stepMs: 1_000 });
  const { stepMs } = chartTime(emptyView, 900_000, 1_000_500);
  expect(stepMs).toBe(3_000);
  expect(900_000 / stepMs).toBeLessThanOrEqual(pointsMax);
});

test('by the second the newest tick is drawn, so that a chart says what the table beside it says', () => {
  const view = withHistory(emptyView, [tick(901_400), tick(902_400)]);
  const time = chartTime(view, 300_000, 0);
  expect(pointsOf(view.ticks, time, ({ atMs }) => atMs).at(-1)).toEqual({ t: time.window.toMs, value: 902_400 });
});

test('a step is the mean of its ticks and the last one is whole', () => {
  const view = withHistory(emptyView, [tick(901_000), tick(902_000), tick(903_000), tick(904_000)]);
  const time = chartTime(view, 900_000, 0);
  expect(time.window.toMs).toBe(903_000);
  expect(pointsOf(view.ticks, time, ({ atMs }) => atMs / 1_000)).toEqual([{ t: 903_000, value: 902 }]);
});

test('what nobody measured is no point, and the last value stays the last', () => {
  const view = withHistory(emptyView, [tick(1_000), tick(2_000), tick(3_000)]);
  const points = pointsOf(view.ticks, chartTime(view, 300_000, 0), ({ atMs }) => (atMs === 3_000 ? undefined : atMs));
  expect(points).toEqual([{ t: 1_000, value: 1_000 }, { t: 2_000, value: 2_000 }]);
});

test('what was measured and is not known is a gap, also where steps are longer', () => {
  const view = withHistory(emptyView, [tick(1_000), tick(2_000), tick(3_000)]);
  const values = (rangeMs: number) => pointsOf(view.ticks, chartTime(view, rangeMs, 0), ({ atMs }) => (atMs === 2_000 ? null : 7)).map(({ value }) => value);
  expect(values(300_000)).toEqual([7, null, 7]);
  expect(values(900_000)).toEqual([null]);
});

test('a piece that stands is as long as it was asked for, in as few steps', () => {
  expect(standingTime({ fromMs: 5_000, toMs: 65_000 })).toEqual({ window: { fromMs: 5_000, toMs: 65_000 }, stepMs: 1_000 });
  expect(standingTime({ fromMs: 0, toMs: 600_500 }).stepMs).toBe(3_000);
});
