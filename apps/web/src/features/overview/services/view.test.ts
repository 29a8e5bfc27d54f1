// The overview's address.
import { expect, test } from 'vitest';
import { viewOf, withView } from './view.ts';

const view = (query: string) => viewOf(new URLSearchParams(query));

test('what is in the address is what is seen, and back', () => {
  const sorted = { filter: '10.0.0.1 web', sort: { id: 'in', descending: true } };
  const address = withView(new URLSearchParams(), sorted);
  expect(address).toBe('?filter=10.0.0.1+web&sort=-in');
  expect(view(address)).toEqual(sorted);
});

test('an order that there is not is none', () => {
  expect(view('sort=password')).toEqual({ filter: '', sort: null });
  expect(view('sort=--in').sort).toBeNull();
  expect(view(`filter=${'x'.repeat(9_999)}`).filter).toHaveLength(200);
});

test('what says nothing is not in the address, and what others put there stays', () => {
  expect(withView(new URLSearchParams('range=15m&filter=a&sort=in'), { filter: ' ', sort: null })).toBe('?range=15m');
  expect(withView(new URLSearchParams('filter=a'), { filter: '', sort: null })).toBe('');
});
