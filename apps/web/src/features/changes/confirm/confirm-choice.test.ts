// The time that an order carries.
import { expect, test } from 'vitest';
import { withinOf } from './confirm-choice.tsx';

const open = { withinMs: undefined, firstAlone: false };
const small = { aboveLimit: false, mayGoBack: true };
const large = { aboveLimit: true, mayGoBack: true };

test('follows the plan, also when it is asked for again, until a person chooses', () => {
  expect([withinOf(open, small), withinOf(open, large), withinOf(open, small)]).toEqual([null, 120_000, null]);
  expect([withinOf({ ...open, withinMs: null }, large), withinOf({ ...open, withinMs: 30_000 }, small)]).toEqual([null, 30_000]);
});

test('is none where there is nothing to go back to, whatever was chosen', () => {
  expect(withinOf({ ...open, withinMs: 30_000 }, { aboveLimit: true, mayGoBack: false })).toBeNull();
});
