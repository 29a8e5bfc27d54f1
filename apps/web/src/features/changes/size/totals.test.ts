// What a whole change does to live connections.
import type { Touched } from '@weir/model';
import { expect, it } from 'vitest';
import type { DirectorPlan } from '../../../server/changes/change-view.ts';
import { totalsOf } from './totals.ts';

const planned = (name: string, touched: Touched | null): DirectorPlan => ({
  directorId: name, name, leaving: false, error: null,
  plan: { replaces: null, operations: [], digest: 'a'.repeat(64), findings: [], touched, readAtMs: 1 },
});
const counted = (live: number, drain: number, stall: number): Touched => ({ directorConnections: live, clusterConnections: live, fates: { stay: 1, drain, stall, reset: 0 } });
const silent: DirectorPlan = { directorId: 'c', name: 'lvs-c', leaving: false, plan: null, error: { code: 'directorSilent', params: {} } };

it('is the sum over the directors, and names those that say nothing of it', () => {
  expect(totalsOf({ directors: [planned('lvs-a', counted(1_000, 100, 10)), planned('lvs-b', counted(830, 12, 2)), planned('lvs-old', null), silent] })).toEqual({
    touched: { live: 1_830, fates: { stay: 2, drain: 112, stall: 12, reset: 0 } }, uncounted: ['lvs-old', 'lvs-c'],
  });
});

it('is unknown, and not none, where nobody counted', () => {
  expect(totalsOf({ directors: [silent] })).toEqual({ touched: null, uncounted: ['lvs-c'] });
});
