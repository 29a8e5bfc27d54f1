// A director leaves the cluster.
import { expect, test } from 'vitest';
import { vipsWithout } from './leave-cluster.ts';

const directors = ['a', 'b', 'c'].map((directorId) => ({ directorId, dip: { ipv4: null, ipv6: null } }));
const vips = [{ address: '10.0.0.1', holder: 'a' }, { address: '10.0.0.2', holder: 'b' }, { address: '10.0.0.3', holder: null }];

test('of two, the other one holds what it held', () => {
  expect(vipsWithout({ vips, directors: directors.slice(0, 2) }, 'a').map(({ holder }) => holder)).toEqual(['b', 'b', null]);
});
test('where several stay, a person says which', () => {
  expect(vipsWithout({ vips, directors }, 'a').map(({ holder }) => holder)).toEqual([null, 'b', null]);
});
test('nobody, where none stays', () => {
  expect(vipsWithout({ vips, directors: directors.slice(0, 1) }, 'a').map(({ holder }) => holder)).toEqual([null, 'b', null]);
});
