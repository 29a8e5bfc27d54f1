// Figures of drawn objects: each from the newest tick, and the same object while it says the same.
import { expect, test } from 'vitest';
import type { Figures, LiveService, LiveTick, Topic } from '../../../live/topic.ts';
import { emptyView } from '../../live/topic-buffer.ts';
import { createFigureStore } from './figure-store.ts';

const figures = (active: number): Figures => ({
  active, inactive: 0, persistent: 0, windowMs: 1_000, byteKind: 'ipBytes', measuredAtMs: 0,
  totals: { connections: '1', packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null },
  perSecond: { connections: 2, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null },
});
const service = (active: number, rows: readonly string[], count = rows.length): LiveService => ({
  clusterId: 'c', serviceId: 'web', name: 'web', key: 'tcp 10.0.0.1:80', holderId: 'a', directors: ['a'], figures: figures(active), refused: null, wanted: true,
  notAppliedOn: [], takesNoneOn: [], health: [], realServerCount: count,
  realServers: rows.map((realServerId) => ({
    realServerId, name: realServerId, key: '10.1.0.1:80', weight: 1, weights: [], wantedWeight: 1, notAppliedOn: [], health: [], figures: figures(active),
  })),
});
const tick = (topic: Topic, atMs: number, of: LiveService, state: 'live' | 'silent' = 'live'): LiveTick => ({
  topic, atMs, services: [of], directors: [{ directorId: 'a', name: 'lvs-a', state, lastSeenAtMs: atMs, measuredAtMs: atMs, checker: null }],
});

function storeOf() {
  const latest = new Map<Topic, LiveTick>();
  const shown = (topic: Topic) => ({ ...emptyView, latest: latest.get(topic) ?? null });
  return { say: (said: LiveTick) => latest.set(said.topic, said), store: createFigureStore({ subscribe: () => () => undefined, follow: () => () => undefined, shown }, 'c') };
}

test('nothing is known before the first tick, nor of what nobody reports', () => {
  const { store, say } = storeOf();
  expect(store.service('web')).toBeNull();
  say(tick('cluster:c', 1, service(3, ['one'])));
  expect(store.service('other')).toBeNull();
  expect(store.realServer('web', 'two')).toBeNull();
});

test('a tick that says the same gives the same object, another figure another', () => {
  const { store, say } = storeOf();
  say(tick('cluster:c', 1, service(3, ['one'])));
  const [web, one] = [store.service('web'), store.realServer('web', 'one')];
  expect(web).toEqual({ state: 'takes', health: [], active: 3, perSecond: 2, silent: false, weight: null });
  expect(one).toMatchObject({ state: 'takes', active: 3, weight: 1 });
  say(tick('cluster:c', 2, service(3, ['one'])));
  expect(store.service('web')).toBe(web);
  expect(store.realServer('web', 'one')).toBe(one);
  say(tick('cluster:c', 3, service(4, ['one'])));
  expect(store.service('web')).toMatchObject({ active: 4 });
  expect(store.realServer('web', 'one')).toMatchObject({ active: 4 });
});

test('while every director is silent, the last figures say so', () => {
  const { store, say } = storeOf();
  say(tick('cluster:c', 1, service(3, ['one']), 'silent'));
  expect(store.service('web')).toMatchObject({ active: 3, silent: true });
  expect(store.realServer('web', 'one')).toMatchObject({ silent: true });
});

test('real servers that the cluster leaves out come from their service', () => {
  const { store, say } = storeOf();
  say(tick('cluster:c', 1, service(3, [], 2_000)));
  expect(store.isPartial('web')).toBe(true);
  expect(store.realServer('web', 'one')).toBeNull();
  say(tick('service:c/web', 1, service(5, ['one'])));
  expect(store.realServer('web', 'one')).toMatchObject({ active: 5 });
});
