// The overview's past where not every second of it can be composed.
import { expect, test } from 'vitest';
import type { ServiceLine } from '../../../live/service-line.ts';
import type { LiveTick } from '../../../live/topic.ts';
import { OverviewSeconds } from './overview-seconds.ts';

const line: ServiceLine = {
  clusterId: 'c', serviceId: 's', name: 's', key: 'tcp 10.0.0.1:80', method: 'dr', directors: ['d'], troubles: [], realServers: { all: 1, down: 0, draining: 0, out: 0 },
  carried: { active: 1, perSecond: { connections: 1, bytesIn: 7, bytesOut: 'replyBypassesDirector' }, byteKind: 'ipBytes' },
};
const now = (atMs: number): LiveTick => ({ topic: 'overview', atMs, directors: [], services: [], lines: { shown: [line], services: 1, troubled: 0 } });
const past = (atMs: number): LiveTick => ({ topic: 'overview', atMs, directors: [], services: [], traces: {} });

test('what was followed stands between what is composed, with what a line is drawn of', () => {
  const seconds = new OverviewSeconds(300_000);
  for (const atMs of [1_000, 2_000, 3_000, 4_000, 5_000, 6_000]) seconds.add(now(atMs));
  const ticks = seconds.between([past(2_100), now(5_100)]);
  expect(ticks.map(({ atMs }) => atMs)).toEqual([2_100, 3_000, 4_000, 5_100]);
  expect(ticks[1]).toEqual({ topic: 'overview', atMs: 3_000, directors: [], services: [], traces: { 'c/s': 7 } });
});

test('it is bounded in time, and one a second', () => {
  const seconds = new OverviewSeconds(3_000);
  for (const atMs of [1_000, 1_200, 2_000, 3_000, 4_000, 5_000]) seconds.add(now(atMs));
  expect(seconds.between([past(0), now(9_000)]).map(({ atMs }) => atMs)).toEqual([0, 3_000, 4_000, 5_000, 9_000]);
  expect(seconds.between([])).toEqual([]);
});

test('it goes on where the panel\'s clock was set back', () => {
  const seconds = new OverviewSeconds(300_000);
  for (const atMs of [1_000, 2_000, 8_000, 9_000, 3_000, 4_000]) seconds.add(now(atMs));
  expect(seconds.between([past(0), now(10_000)]).map(({ atMs }) => atMs)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 10_000]);
});
