// What the sparklines of the overview are drawn of.
import { expect, test } from 'vitest';
import type { ServiceLine, Traces, Trouble } from '../../../live/service-line.ts';
import type { LiveTick } from '../../../live/topic.ts';
import { sparks } from './sparks.ts';

const base = { topic: 'overview', directors: [], services: [] } as const;
const past = (atMs: number, traces: Traces): LiveTick => ({ ...base, directors: [], services: [], atMs, traces });
const line = (bytesIn: number | null, ...troubles: Trouble[]): ServiceLine => ({
  clusterId: 'c', serviceId: 's', name: 's', key: 'tcp 10.0.0.1:80', method: 'dr', directors: ['a'], troubles, realServers: { all: 0, down: 0, draining: 0, out: 0 },
  carried: { active: 1, perSecond: { connections: null, bytesIn, bytesOut: null }, byteKind: 'ipBytes' },
});
const live = (atMs: number, ...shown: ServiceLine[]): LiveTick => (
  { ...base, directors: [], services: [], atMs, lines: { shown, services: shown.length, troubled: 0 } });
const drawn = (...ticks: LiveTick[]) => sparks({ ticks, latest: ticks.at(-1) ?? null, caughtUp: true }).get('c/s');

test('what is past and what came live are one line, in means of five seconds', () => {
  const values = drawn(past(290_000, { 'c/s': 10 }), past(291_000, { 'c/s': 20 }), live(295_000, line(7)), live(300_000, line(9)));
  expect(values).toHaveLength(60);
  expect(values?.slice(-2)).toEqual([15, 7]);
  expect(values?.slice(0, -2).every((value) => value === null)).toBe(true);
});

test('the unfinished end is not drawn', () => expect(drawn(live(299_000, line(3)), live(301_000, line(5)), live(304_999, line(999)))?.at(-1)).toBe(3));

test('a reset, a silence and last words are gaps', () => {
  const values = drawn(live(285_000, line(4)), live(290_000, line(null)), live(295_000, line(4, 'silent')), live(300_000, line(4)));
  expect(values?.slice(-3)).toEqual([4, null, null]);
});

test('what is older than the line is not in it', () => expect(drawn(past(0, { 'c/s': 5 }), past(900_000, {}))).toBeUndefined());
