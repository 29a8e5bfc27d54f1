import { describe, expect, it } from 'vitest';
import type { DirectorDrain, DrainCounted } from '../../server/drains/drain-view.ts';
import { estimateOf, leftIn, leftOf, wordOf } from './standing.ts';

const counted = (active: number, inactive = 0, persistent: number | null = 0): DrainCounted => ({ weight: 0, active, inactive, persistent });

function director(changes: Partial<DirectorDrain> = {}, doneAtMs: number | null = null): DirectorDrain {
  const estimate = doneAtMs === null ? null : { doneAtMs, measuredAtMs: 1 };
  return { directorId: 'd', name: 'd', link: 'connected', heardAtMs: 1, state: { phase: 'draining', sinceMs: 1, evidence: null, estimate }, late: false, counts: [], measuredAtMs: 1, ...changes };
}

describe('what is left of a drain', () => {
  it('is all that is connected or remembered', () => expect(leftIn([counted(2, 1, 3), counted(4), 'gone'])).toBe(10));
  it('is not known where one is not, and never 0 for that', () => expect([leftIn([counted(2), null]), leftIn([counted(2, 0, null)])]).toEqual([null, null]));
  it('is that of every director', () => expect(leftOf({ directors: [director({ counts: [counted(1)] }), director({ counts: [counted(2)] })] })).toBe(3));
});

describe('the estimate', () => {
  it('is the latest of the directors', () => expect(estimateOf({ directors: [director({}, 50), director({}, 70)] })).toBe(70));
  it.each([[[director({}, 50), director()]], [[director(), director({}, 50)]], [[director(), director(), director({}, 50)]]])('is not known while one has none', (directors) => expect(estimateOf({ directors })).toBeNull());
  it('leaves out who is done', () => expect(estimateOf({ directors: [director({}, 50), director({ state: { phase: 'done', sinceMs: 1, evidence: null, estimate: null } })] })).toBe(50));
});

it('a director that holds no drain, or is not heard, says so', () => {
  expect([director({ state: 'lacks' }), director({ state: null }), director({ late: true }), director()].map(wordOf)).toEqual(['lacks', 'unheard', 'late', 'draining']);
});
