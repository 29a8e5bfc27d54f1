// What is out of sight is not chosen any more when a hand chooses something else.
import { expect, test } from 'vitest';
import { chosenAfter } from './chosen-after.ts';

const all = new Set(['d:a', 's:web', 'r:web/one', 'r:web/far']);
const inSight = new Set(['d:a', 's:web', 'r:web/one']);
const letGo = [{ type: 'select', id: 's:web', selected: false }, { type: 'select', id: 'r:web/one', selected: false }] as const;
const chosen = { type: 'select', id: 's:dns', selected: true } as const;

test('choosing anew leaves nothing that nobody sees, and no director', () => {
  expect(chosenAfter(all, [...letGo, chosen], { inSight, anew: true })).toEqual(new Set(['s:dns']));
  expect(chosenAfter(all, letGo, { inSight, anew: true })).toEqual(new Set());
});

test('with a key that adds, and while a box is still drawn, what is out of sight stays', () => {
  expect(chosenAfter(all, [chosen], { inSight, anew: false })).toEqual(new Set([...all, 's:dns']));
  expect(chosenAfter(all, letGo, { inSight, anew: false })).toEqual(new Set(['d:a', 'r:web/far']));
});

test('changes of other kinds say nothing of it', () => {
  expect(chosenAfter(all, [{ type: 'position', id: 's:web' }], { inSight, anew: true })).toBeNull();
});
