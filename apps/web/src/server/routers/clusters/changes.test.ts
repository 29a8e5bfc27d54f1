// Whom the panel tells that a change waits for a word: those who may say it.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ApplySummary } from '../../changes/change-view.ts';
import { openTestPanel } from '../../testing/panel.ts';
import type { TestPanel } from '../../testing/panel.ts';

let panel: TestPanel;

beforeAll(async () => {
  panel = await openTestPanel();
});
afterAll(() => panel.close());

const waits = (id: string, clusterId: string, more: Partial<ApplySummary>): ApplySummary => ({
  id, clusterId, revision: 4, author: 'Ann', onFailure: 'rollBack', startedAt: new Date(0), finishedAt: new Date(0), held: null, confirm: null, leftOver: [], directors: [], ...more,
});

it('operators are told with how long is left, a viewer is not', async () => {
  vi.spyOn(panel.services.changes, 'waiting').mockResolvedValue([
    waits('one', 'ours', { confirm: { withinMs: 60_000, leftMs: 41_000, answer: null } }), waits('two', 'theirs', { held: { leftMs: 7_000 } }),
  ]);
  const of = async (name: string, role: 'viewer' | 'operator' | 'admin') => panel.api(await panel.signIn((await panel.person(name, role)).email)).changes.waiting.query();
  const ours = { applyId: 'one', clusterId: 'ours', cluster: '', revision: 4, isHeld: false, leftMs: 41_000 };
  expect(await of('Ada', 'admin')).toEqual([ours, { ...ours, applyId: 'two', clusterId: 'theirs', isHeld: true, leftMs: 7_000 }]);
  expect(await of('Olga', 'operator')).toHaveLength(2);
  expect(await of('Vera', 'viewer')).toEqual([]);
});
