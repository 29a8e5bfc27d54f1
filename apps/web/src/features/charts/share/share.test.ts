// Shares by weight and by what came.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryAnswer } from '../../../history/series.ts';
import { historyFlow } from '../flow/history-flow.ts';
import { sharesOf, type ShareRow } from './share.ts';
import { lineShareSteps, takenIn } from './share-steps.ts';

const row = (id: string, weight: number | null, perSecond: number | null): ShareRow => ({ id, name: id, weight, perSecond });
const shares = (...steps: ShareRow[][]) => sharesOf(steps).map(({ id, should, has }) => [id, should, has]);

test('by weight three to one, and what came otherwise', () => {
  expect(shares([row('a', 3, 1), row('b', 1, 1)])).toEqual([['a', 0.75, 0.5], ['b', 0.25, 0.5]]);
});

test('weight 0 is no share, and connections that it has all the same count', () => {
  expect(shares([row('a', 1, 3), row('b', 0, 1)])).toEqual([['a', 1, 0.75], ['b', 0, 0.25]]);
});

test('a weight that changes counts for the connections that came under it', () => {
  expect(shares([row('a', 1, 10), row('b', 1, 10)], [row('a', 1, 60), row('b', 0, 0)])).toEqual([['a', 0.875, 0.875], ['b', 0.125, 0.125]]);
});

test('while nobody comes there is no share to have, and no 0', () => {
  expect(shares([row('a', 1, 0), row('b', 1, 0)])).toEqual([['a', 0.5, null], ['b', 0.5, null]]);
  expect(shares([row('a', 1, null), row('b', 1, null)])).toEqual([['a', 0.5, null], ['b', 0.5, null]]);
});

test('a weight that is not known, or differs between directors, gives no share to have', () => {
  expect(shares([row('a', null, 1), row('b', 1, 1)])).toEqual([['a', null, 0.5], ['b', null, 0.5]]);
  expect(shares([row('a', 0, 1), row('b', 0, 1)])).toEqual([['a', null, 0.5], ['b', null, 0.5]]);
  expect(sharesOf([])).toEqual([]);
});

const rates = (connections: number | null) => ({ connections, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null });
const point = (t: number, weight: number | null, connections: number | null) => ({ t, active: null, activeMost: null, inactive: null, perSecond: rates(connections), weight });
const line = (realServerId: string, total: string | null, ...points: HistoryAnswer['lines'][number]['points']): HistoryAnswer['lines'][number] => (
  { realServerId, name: realServerId, points, totals: { connections: total, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null } });

test('who was out for a part of the time has the share of what it took, not of its rate while it was in', () => {
  const lines = [line('a', '80', point(10, 1, 4), point(20, 1, 4)), line('b', '20', point(10, 1, 4), point(20, null, 0)), line('new', null, point(10, null, null), point(20, null, null))];
  const flow = historyFlow({ fromMs: 0, toMs: 20, stepMs: 10_000, resolutionMs: 10_000, byteKind: null, lines, missing: [] }, { key: 'k', slides: false, window: { fromMs: 0, toMs: 20 }, name: '' });
  const found = sharesOf(lineShareSteps(flow.lines), takenIn(lines));
  expect(found.map(({ id, should, has }) => [id, Math.round(100 * (should ?? 0)), has])).toEqual([['a', 67, 0.8], ['b', 33, 0.2]]);
  const [a = line('a', null)] = lines;
  expect(takenIn([{ ...a, totals: { ...a.totals, connections: 'userSpace' } }])).toBeNull();
});

test('shares are parts of one', () => {
  const rows = fc.array(fc.record({ weight: fc.integer({ min: 0, max: 9 }), perSecond: fc.integer({ min: 0, max: 50 }) }), { minLength: 2, maxLength: 5 });
  fc.assert(fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), (steps) => {
    const found = sharesOf(steps.map((each) => each.map(({ weight, perSecond }, index) => row(String(index), weight, perSecond))));
    for (const kind of ['should', 'has'] as const) {
      const known = found.flatMap((share) => share[kind] ?? []);
      const sum = known.reduce((before, each) => before + each, 0);
      expect(known.length < found.length || Math.abs(sum - 1) < 1e-9).toBe(true);
    }
  }));
});
