// What of a plan can be applied.
import { expect, test } from 'vitest';
import type { DirectorPlan } from '../../server/changes/change-view.ts';
import { applicable } from './applicable.ts';

const digest = 'a'.repeat(64);
const planned = (directorId: string, severity?: 'error' | 'warning'): DirectorPlan => ({
  directorId, name: directorId, leaving: false, error: null,
  plan: {
    replaces: 3, digest, readAtMs: 1,
    operations: [{ operation: { kind: 'removeService', service: { kind: 'mark', family: 'ipv4', mark: 7 }, removed: {
      address: { kind: 'mark', family: 'ipv4', mark: 7 }, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false }, realServers: [],
    } }, cost: { connections: 0, fate: 'none' } }],
    touched: { directorConnections: 0, clusterConnections: 0, fates: { stay: 0, drain: 0, stall: 0, reset: 0 } },
    findings: severity === undefined ? [] : [{ code: 'unsupportedByDriver', severity, path: [], params: {} }],
  },
});
const above = (...directors: DirectorPlan[]) => applicable({ clusterId: 'x', revision: 4, moves: [], directors }).aboveLimit;
const silent: DirectorPlan = { directorId: 'c', name: 'lvs-c', leaving: false, plan: null, error: { code: 'directorSilent', params: {} } };

test('who answered and can is applied, the others are named', () => {
  const plan = { clusterId: 'x', revision: 4, moves: [], directors: [planned('a'), planned('b', 'error'), silent] };
  expect(applicable(plan)).toEqual({ directors: [{ directorId: 'a', digest, replaces: 3 }], operations: 1, mayGoBack: true, stays: [], left: ['b', 'lvs-c'], aboveLimit: false });
});

test('what has accepted the revision already is only restored, and goes back to nothing by itself', () => {
  const plan = { clusterId: 'x', revision: 3, moves: [], directors: [planned('a'), planned('b')] };
  expect(applicable(plan)).toMatchObject({ mayGoBack: false, stays: ['a', 'b'] });
  const leaving: DirectorPlan = { ...planned('c'), leaving: true };
  expect(applicable({ ...plan, directors: [planned('a'), leaving] })).toMatchObject({ mayGoBack: true, stays: ['a'] });
});

test('only what is applied counts for the limit, and what is not counted is above it', () => {
  const uncounted = (directorId: string, severity?: 'error'): DirectorPlan => {
    const { plan, ...who } = planned(directorId, severity);
    if (plan === null) throw new Error('planned');
    return { ...who, error: null, plan: { ...plan, touched: null } };
  };
  expect(above(planned('a'), uncounted('b', 'error'))).toBe(false);
  expect(above(planned('a'), uncounted('b'))).toBe(true);
});

test('a warning keeps nobody out', () => {
  expect(applicable({ clusterId: 'x', revision: 4, moves: [], directors: [planned('a', 'warning')] }).left).toEqual([]);
});
