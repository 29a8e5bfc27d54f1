// The last minutes of one topic.
import { expect, test } from 'vitest';
import type { ServiceLine } from '../../live/service-line.ts';
import type { LiveTick } from '../../live/topic.ts';
import { emptyView, keptMs, withHistory, withTick } from './topic-buffer.ts';

const tick = (atMs: number): LiveTick => ({ topic: 'overview', atMs, directors: [], services: [] });
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

test('of the overview the newest has its lines, and those before it only what is drawn of them', () => {
  const line: ServiceLine = {
    clusterId: 'c', serviceId: 's', name: 's', key: 'tcp 10.0.0.1:80', method: 'dr', directors: ['a'], troubles: [], realServers: { all: 0, down: 0, draining: 0, out: 0 },
    carried: { active: 1, perSecond: { connections: null, bytesIn: 7, bytesOut: null }, byteKind: 'ipBytes' },
  };
  const full = (atMs: number): LiveTick => ({ ...tick(atMs), lines: { shown: [line], services: 1, troubled: 0 } });
  const view = [1_000, 2_000, 3_000].map(full).reduce(withTick, emptyView);
  expect(view.ticks.map(({ lines, traces }) => [lines?.shown.length, traces])).toEqual([[undefined, { 'c/s': 7 }], [undefined, { 'c/s': 7 }], [1, undefined]]);
  expect(view.latest?.lines?.shown).toEqual([line]);
});
