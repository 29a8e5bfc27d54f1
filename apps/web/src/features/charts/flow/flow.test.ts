// Lines from ticks and from answers: what nobody saw is a gap or a word, never a value.
import { expect, test } from 'vitest';
import type { HistoryAnswer, HistoryPoint } from '../../../history/series.ts';
import type { Figures, LiveService, LiveTick } from '../../../live/topic.ts';
import { standingTime } from '../../live/series.ts';
import { historyFlow } from './history-flow.ts';
import { liveFlow, othersIn, realServerIn, remembered, wholeCluster, wholeService, type LiveLine } from './live-flow.ts';
import { restOf, withRest, type RestLine } from './top-lines.ts';

const rates = { connections: null, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null };
const figures = (active: number | null, changes: Partial<Figures['perSecond']> = {}, byteKind: Figures['byteKind'] = 'ipBytes'): Figures => (
  { active, inactive: null, persistent: null, totals: rates, perSecond: { ...rates, ...changes }, windowMs: 1_000, byteKind, measuredAtMs: 0 });
const service = (serviceId: string, of: Figures, realServers: readonly [string, Figures][] = []): LiveService => ({
  clusterId: 'c', serviceId, name: serviceId, key: serviceId, holderId: null, directors: ['d'], figures: of, refused: null, wanted: true, notAppliedOn: [], takesNoneOn: [],
  realServerCount: realServers.length, health: [],
  realServers: realServers.map(([id, own]) => ({ realServerId: id, name: id, key: id, weight: 2, weights: [], wantedWeight: 2, notAppliedOn: [], figures: own, health: [] })),
});
const tick = (atMs: number, services: LiveService[], state: 'live' | 'silent' = 'live'): LiveTick => ({
  topic: 'overview', atMs, services, directors: [{ directorId: 'd', name: 'd', state, lastSeenAtMs: atMs, measuredAtMs: atMs, checker: null }],
});
const drawn = (ticks: LiveTick[], line: LiveLine) => {
  const flow = liveFlow(ticks, standingTime({ fromMs: 0, toMs: 10_000 }), [line], { key: 'k', slides: false });
  return { flow, line: flow.lines[0] ?? expect.unreachable('a line') };
};

test('a cluster is the sum of its services, unseen where one of them is, without bytes where they differ', () => {
  const both = tick(1_000, [service('a', figures(1, { bytesOut: 5, packetsIn: 1 })), service('b', figures(2, { bytesOut: 'replyBypassesDirector', packetsIn: 2 }))]);
  const { line, flow } = drawn([both], wholeCluster('c', 'all'));
  expect([line.points.active, line.points.packetsIn].map((points) => points[0]?.value)).toEqual([3, 3]);
  expect([line.points.bytesOut[0]?.value, line.unseen.bytesOut, line.unseen.bytesIn]).toEqual([null, 'replyBypassesDirector', null]);
  expect(flow.byteKind).toBe('ipBytes');
  const mixed = drawn([tick(1_000, [service('a', figures(1, { bytesIn: 5 })), service('b', figures(1, { bytesIn: 5 }, 'payloadBytes'))])], wholeCluster('c', 'all'));
  expect([mixed.line.points.bytesIn[0]?.value, mixed.flow.byteKind]).toEqual([null, null]);
});

test('a sum of which a part began anew is a gap; what nobody measured is no part of it', () => {
  const parts = [service('a', figures(1, { connections: 5 })), service('b', figures(2, { connections: null }))];
  expect(drawn([tick(1_000, parts)], wholeCluster('c', 'all')).line.points).toMatchObject({ active: [{ t: 1_000, value: 3 }], connections: [{ t: 1_000, value: null }] });
  const unapplied = { ...figures(null), byteKind: null, measuredAtMs: null };
  const rows = [service('a', figures(3), [['r', figures(3, { connections: 5 })], ['new', unapplied]])];
  expect(drawn([tick(1_000, rows)], othersIn('a', new Set(), { as: 'sum', name: 'rest' })).line.points).toMatchObject({ active: [{ t: 1_000, value: 3 }], connections: [{ t: 1_000, value: 5 }] });
});

test('while its directors are silent there are no points, and a reset is a gap', () => {
  const ticks = [tick(1_000, [service('a', figures(1))]), tick(2_000, [service('a', figures(null))]), tick(3_000, [service('a', figures(3))]), tick(4_000, [service('a', figures(3))], 'silent')];
  expect(drawn(ticks, wholeService('a', 'a')).line.points.active).toEqual([{ t: 1_000, value: 1 }, { t: 2_000, value: null }, { t: 3_000, value: 3 }]);
});

test('a real server by its id, the others in one, and one that is gone leaves nothing', () => {
  const now = tick(1_000, [service('a', figures(6), [['r', figures(1)], ['s', figures(2)], ['t', figures(3)]])]);
  expect(drawn([now], realServerIn('a', { id: 's', name: 's' })).line).toMatchObject({ points: { active: [{ t: 1_000, value: 2 }] }, weights: [{ t: 1_000, value: 2 }] });
  expect(drawn([now], othersIn('a', new Set(['r']), { as: 'sum', name: 'rest' })).line.points.active).toEqual([{ t: 1_000, value: 5 }]);
  expect(drawn([now], othersIn('a', new Set(['r']), { as: 'mean', name: 'rest' })).line.points.active).toEqual([{ t: 1_000, value: 2.5 }]);
  expect(drawn([now], realServerIn('a', { id: 'gone', name: 'gone' })).line.points.active).toEqual([]);
});

test('a tick is looked into once', () => {
  let looked = 0;
  const line = remembered({ id: 'x', name: 'x', seenIn: () => { looked += 1; return undefined; } });
  const only = tick(1_000, []);
  line.seenIn(only);
  line.seenIn(only);
  expect(looked).toBe(1);
});

const point = (t: number, active: number | null, bytesOut: HistoryPoint['perSecond']['bytesOut']): HistoryPoint => (
  { t, active, activeMost: active, inactive: null, weight: null, perSecond: { ...rates, bytesOut } });
const answer = (lines: HistoryAnswer['lines']): HistoryAnswer => ({ fromMs: 0, toMs: 30_000, stepMs: 10_000, resolutionMs: 10_000, byteKind: 'payloadBytes', lines, missing: [] });
const line = (realServerId: string | null, ...points: HistoryPoint[]): HistoryAnswer['lines'][number] => ({ realServerId, name: realServerId ?? 'w', points, totals: rates });

test('an answer of history is drawn over what was asked for, with its gaps and its reasons', () => {
  const flow = historyFlow(answer([line(null, point(10_000, 1, 'userSpace'), point(20_000, null, 'userSpace'))]), { key: '1h', slides: true, window: { fromMs: 5, toMs: 25_000 }, name: 'all' });
  expect(flow).toMatchObject({ key: '1h', slides: true, live: false, stepMs: 10_000, window: { fromMs: 5, toMs: 25_000 }, byteKind: 'payloadBytes' });
  expect(flow.lines[0]).toMatchObject({ name: 'all', points: { active: [{ value: 1 }, { value: null }], bytesOut: [{ value: null }, { value: null }] }, unseen: { active: null, bytesOut: 'userSpace' } });
});

const ended = (...lines: HistoryAnswer['lines']) => historyFlow({ ...answer(lines), stepMs: 100_000 }, { key: '1y', slides: true, window: { fromMs: 0, toMs: 125_000 }, name: 'all' }).lines.map(({ points }) => points.active);

test('the step that is not over yet ends now where it was begun to be measured, in all lines', () => {
  expect(ended(line('a', point(100_000, null, null), point(200_000, 3, null)), line('b', point(100_000, 1, null), point(200_000, null, null))))
    .toEqual([[{ t: 100_000, value: null }, { t: 125_000, value: 3 }], [{ t: 100_000, value: 1 }, { t: 125_000, value: null }]]);
  expect(ended(line('a', point(100_000, 1, null), { ...point(200_000, null, null), perSecond: rates }))).toEqual([[{ t: 100_000, value: 1 }]]);
  expect(ended(line('a', point(100_000, 1, null), point(200_000, 2, null), point(300_000, 3, null)))).toEqual([[{ t: 100_000, value: 1 }, { t: 125_000, value: 2 }]]);
});

const how = (as: RestLine['as']): RestLine => ({ as, name: (count) => `${count} in ${as}` });

test('of many real servers five are drawn, by what they took, and the rest is summed where it is known', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const came = (index: number): HistoryPoint => ({ ...point(10_000, index, null), perSecond: { ...rates, connections: index } });
  const { lines } = historyFlow(answer(names.map((name, index) => line(name, came(index)))), { key: 'k', slides: false, window: { fromMs: 0, toMs: 1 }, name: '' });
  const few = withRest(lines, how('sum'));
  expect(few.map(({ name }) => name)).toEqual(['c', 'd', 'e', 'f', 'g', '2 in sum']);
  expect(few.at(-1)?.points.active).toEqual([{ t: 10_000, value: 1 }]);
  expect(withRest(lines, how('mean')).at(-1)).toMatchObject({ name: '2 in mean', points: { active: [{ t: 10_000, value: 0.5 }] } });
  expect(withRest(few, how('sum'))).toBe(few);
  expect(withRest(lines.slice(0, 6), how('sum')).map(({ name }) => name), 'a rest of one is itself').toEqual(names.slice(0, 6));
  const halves = historyFlow(answer([line('a', point(1, null, null)), line('b', point(1, 4, null), point(2, null, null))]), { key: 'k', slides: false, window: { fromMs: 0, toMs: 1 }, name: '' });
  expect(restOf(halves.lines, how('sum')).points.active).toEqual([{ t: 1, value: 4 }, { t: 2, value: null }]);
});
