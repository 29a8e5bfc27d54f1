// What other pages tell of a change that waits for a word.
import { expect, it } from 'vitest';
import { waitingChange } from './change-view.ts';
import type { ApplySummary } from './change-view.ts';

const apply: ApplySummary = {
  id: 'a', clusterId: 'c', revision: 2, author: 'Ada', onFailure: 'rollBack', startedAt: new Date(0), finishedAt: null, held: null, confirm: null, leftOver: [], directors: [],
};

it.each<[what: string, held: ApplySummary['held'], confirm: ApplySummary['confirm'], told: { isHeld: boolean; leftMs: number | null }]>([
  ['others wait for their turn', { leftMs: 9_000 }, null, { isHeld: true, leftMs: 9_000 }],
  ['it goes back unless it is confirmed', null, { withinMs: 30_000, leftMs: 5_000, answer: null }, { isHeld: false, leftMs: 5_000 }],
  ['both: the first director goes back, which is what the time is about', { leftMs: 9_000 }, { withinMs: 30_000, leftMs: 5_000, answer: null }, { isHeld: false, leftMs: 5_000 }],
])('%s', (_, held, confirm, told) => {
  expect(waitingChange({ ...apply, held, confirm }, 'shop')).toEqual({ applyId: 'a', clusterId: 'c', cluster: 'shop', revision: 2, ...told });
});
