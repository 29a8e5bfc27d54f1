// Where a person has put things, through the browser's storage and back.
import { expect, test } from 'vitest';
import { readPlaces, storageKeyOf, writePlaces } from './kept-places.ts';

function storage(text: string | null = null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_key: string, value: string) => { kept = value; } };
}

test('what is there comes back, what is there no more is dropped', () => {
  const kept = storage();
  const places = new Map([['d:a s:web', { x: 192, y: 44 }], ['d:a s:gone', { x: 192, y: 200 }]]);
  expect(writePlaces(kept, 'key', places, (name) => !name.includes('gone'))).toBe(true);
  expect(readPlaces(kept, 'key')).toEqual(new Map([['d:a s:web', { x: 192, y: 44 }]]));
});

test.each([null, '', 'no JSON', '[]', '{"a":[1]}', '{"a":["x",2]}', '{"a":[1e300,2]}', '{"a":[1,-1]}', 'null'])('%j in the storage is no place', (text) => {
  expect(readPlaces(storage(text), 'key')).toEqual(new Map());
});

test('a storage that is full or closed is said, not thrown', () => {
  const closed = { getItem: () => { throw new Error('closed'); }, setItem: () => { throw new Error('full'); } };
  expect(readPlaces(closed, 'key')).toEqual(new Map());
  expect(writePlaces(closed, 'key', new Map([['a', { x: 0, y: 0 }]]), () => true)).toBe(false);
});

test('each person has their own, per cluster', () => {
  expect(new Set([storageKeyOf('p', 'c'), storageKeyOf('q', 'c'), storageKeyOf('p', 'd')]).size).toBe(3);
});
