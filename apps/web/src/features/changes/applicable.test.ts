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
    touched: null,
    findings: severity === undefined ? [] : [{ code: 'unsupportedByDriver', severity, path: [], params: {} }],
  },
});
const silent: DirectorPlan = { directorId: 'c', name: 'lvs-c', leaving: false, plan: null, error: { code: 'directorSilent', params: {} } };

test('who answered and can is applied, the others are named', () => {
  const plan = { clusterId: 'x', revision: 4, moves: [], directors: [planned('a'), planned('b', 'error'), silent] };
  expect(applicable(plan)).toEqual({ directors: [{ directorId: 'a', digest, replaces: 3 }], operations: 1, left: ['b', 'lvs-c'] });
});

test('a warning keeps nobody out', () => {
  expect(applicable({ clusterId: 'x', revision: 4, moves: [], directors: [planned('a', 'warning')] }).left).toEqual([]);
});
