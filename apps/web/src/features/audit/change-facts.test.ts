// What an entry changed.
import { expect, test } from 'vitest';
import { changeFacts, hasKeys } from './change-facts.ts';

const weights = (weight: number) => ({ directors: [{ director: 'lvs-a', weights: [{ service: 'web', realServer: 'rs-1', weight, endsAtMs: 0 }] }] });

test('only what differs is said, with both sides', () => {
  expect(changeFacts({ revision: 1, name: 'web' }, { revision: 2, name: 'web', reason: '' })).toEqual([
    { place: ['revision'], before: '1', after: '2' },
  ]);
  expect(changeFacts({ role: 'viewer' }, { role: 'viewer' })).toEqual([]);
});

test('one side alone is what was there, or is there now', () => {
  expect(changeFacts(null, { format: 'csv', on: true })).toEqual([{ place: ['format'], before: null, after: 'csv' }, { place: ['on'], before: null, after: 'true' }]);
  expect(changeFacts({ role: 'admin' }, null)).toEqual([{ place: ['role'], before: 'admin', after: null }]);
  expect(changeFacts(null, null)).toEqual([]);
});

test('a list of names is one value, a list of records is told item by item, by their names', () => {
  expect(changeFacts({ clusters: null }, { clusters: ['a', 'b'] })).toEqual([{ place: ['clusters'], before: '—', after: 'a, b' }]);
  expect(changeFacts(weights(100), weights(0))).toEqual([{ place: ['directors', 'lvs-a', 'weights', 'web rs-1', 'weight'], before: '100', after: '0' }]);
  expect(changeFacts(null, weights(1))).toContainEqual({ place: ['directors', 'lvs-a', 'weights', 'web rs-1', 'endsAtMs'], before: null, after: '1970-01-01T00:00:00.000Z' });
});

test('what is no record is told as it is, and what is empty only where something was', () => {
  expect(changeFacts('x', 7)).toEqual([{ place: [], before: 'x', after: '7' }]);
  expect(changeFacts(null, { findings: [] }), 'nothing where nothing was').toEqual([]);
  expect(changeFacts({ note: 'x' }, { note: '' })).toEqual([{ place: ['note'], before: 'x', after: '—' }]);
});

test('a span of time is said as one, a moment as a moment', () => {
  expect(changeFacts(null, { confirmWithinMs: 30_000, endsAtMs: 30_000 })).toEqual([
    { place: ['confirmWithinMs'], before: null, after: '30 s' },
    { place: ['endsAtMs'], before: null, after: '1970-01-01T00:00:30.000Z' },
  ]);
});

test('what only the panel knows something by is no fact, and is known to be left out', () => {
  const drain = { drainId: 'x1', realServers: [{ service: 'web', realServer: 'rs-1', id: 'x2' }], order: { overrideIds: ['x3'], reason: 'repair' } };
  expect(changeFacts(null, drain)).toEqual([{ place: ['realServers'], before: null, after: 'web rs-1' }, { place: ['order', 'reason'], before: null, after: 'repair' }]);
  expect([drain, [{ id: 'x' }], { order: { serviceId: 'x' } }].map(hasKeys)).toEqual([true, true, true]);
  expect([null, 'id', { paid: 1, reason: 'id' }, ['drainId']].map(hasKeys)).toEqual([false, false, false, false]);
});
