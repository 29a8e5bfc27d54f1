// Holes in what the live stream brought, and what history has of them.
import { expect, test } from 'vitest';
import type { Point } from '@weir/ui';
import { eachMetric, type Flow, type FlowLine } from './flow.ts';
import { filled, holesIn } from './holes.ts';
import { restId } from './top-lines.ts';

const line = (id: string, active: readonly (readonly [number, number | null])[]): FlowLine => {
  const points = active.map(([second, value]): Point => ({ t: second * 1_000, value }));
  return { id, name: id, points: eachMetric(() => points), unseen: eachMetric(() => null), weights: points };
};
const flow = (lines: readonly FlowLine[], stepMs = 1_000): Flow => (
  { key: 'k', window: { fromMs: 0, toMs: 60_000 }, stepMs, slides: true, live: true, peaks: false, byteKind: null, lines });
const each = (from: number, to: number, value: number | null) => Array.from({ length: to - from + 1 }, (_, index) => [from + index, value] as const);
const active = ({ lines }: Flow, at = 0) => (lines[at]?.points.active ?? []).map(({ t, value }) => [t / 1_000, value]);

test('before the first and between measured seconds there are holes; a late tick is none, nor is what is not over', () => {
  expect(holesIn(flow([line('a', [...each(20, 30, 1), ...each(34, 40, 1), ...each(50, 52, 1)])]))).toEqual([{ fromMs: 0, toMs: 20_000 }, { fromMs: 40_000, toMs: 50_000 }]);
  expect(holesIn(flow([line('a', each(1, 60, null))]))).toEqual([]);
  expect(holesIn(flow([line('a', [])]))).toEqual([]);
  expect(holesIn(flow([line('a', [[3, 1], [10, 1]])], 3_000))).toEqual([]);
});

test('where one line was measured another one has no hole', () => {
  expect(holesIn(flow([line('a', each(1, 60, 1)), line('new', each(40, 60, 1))]))).toEqual([]);
});

test('a hole is filled with what history knows inside of it, and keeps its own gaps', () => {
  const live = flow([line('a', [...each(20, 22, 9), ...each(30, 31, 9)])]);
  const past = flow([line('all of it', [...each(17, 20, 1), [24, 2], [25, null], ...each(30, 33, 1)])], 2_000);
  expect(active(filled(live, holesIn(live), past, 'whole'))).toEqual([[17, 1], [18, 1], [19, 1], [20, 9], [21, 9], [22, 9], [24, 2], [25, null], [30, 9], [31, 9]]);
});

test('each real server by its id, and those beyond the most in one', () => {
  const live = flow([line('a', each(10, 11, 9)), line(restId('sum'), each(10, 11, 9))]);
  const past = flow([line('a', [[5, 1]]), line('b', [[5, 2]]), line('c', [[5, 3]])]);
  const whole = filled(live, holesIn(live), past, 'realServer');
  expect([active(whole), active(whole, 1)]).toEqual([[[5, 1], [10, 9], [11, 9]], [[5, 5], [10, 9], [11, 9]]]);
});

test('what is too coarse for the line is not put into it', () => {
  const live = flow([line('a', each(20, 22, 9))]);
  expect(filled(live, holesIn(live), flow([line('x', [[10, 1]])], 10_000), 'whole')).toBe(live);
});
