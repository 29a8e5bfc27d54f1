// Directors leave a draft.
import { expect, it } from 'vitest';
import { vipsWithout } from './remove.ts';

const directors = ['a', 'b', 'c'].map((directorId) => ({ directorId, dip: { ipv4: null, ipv6: null } }));
const vips = [{ address: '10.0.0.1', holder: 'a' }, { address: '10.0.0.2', holder: 'b' }, { address: '10.0.0.3', holder: null }];

it('of two, the other one holds what it held', () => {
  expect(vipsWithout({ vips, directors: directors.slice(0, 2) }, new Set(['a'])).map(({ holder }) => holder)).toEqual(['b', 'b', null]);
});
it('where several stay, a person says which', () => {
  expect(vipsWithout({ vips, directors }, new Set(['a'])).map(({ holder }) => holder)).toEqual([null, 'b', null]);
});
it('nobody, where none stays', () => {
  expect(vipsWithout({ vips, directors: directors.slice(0, 1) }, new Set(['a'])).map(({ holder }) => holder)).toEqual([null, 'b', null]);
});
