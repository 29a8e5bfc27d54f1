// What an apply changes of health, by what each director has accepted.
import { tutorialCluster, withoutSecrets } from '@weir/model';
import type { ClusterDefinition, ServiceHealth } from '@weir/model';
import { expect, it } from 'vitest';
import { PanelError } from '../../errors.ts';
import type { DirectorPlan } from '../change-view.ts';
import { plannedHealth } from './planned-health.ts';
import type { PlannedHealth } from './planned-health.ts';

const health: ServiceHealth = {
  checks: [{
    id: 'c', probe: { type: 'exchange', transport: 'tcp', send: 'AUTH a1', expect: null }, port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 3,
  }],
  first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
};
const sends = (send: string): ServiceHealth => ({ ...health, checks: health.checks.map((check) => ({ ...check, probe: { type: 'exchange', transport: 'tcp', send, expect: null } })) });
const plain = tutorialCluster('a');
const withHealth = (one: ServiceHealth): ClusterDefinition => ({ ...plain, services: plain.services.map((service) => ({ ...service, health: one })) });
const revisions = new Map([[1, plain], [2, withHealth(health)], [3, withHealth(sends('AUTH b2'))]]);
const [service] = plain.services;
const about = { serviceId: service?.id, service: service?.name };

const planned = (name: string, replaces: number | null, leaving = false): DirectorPlan => (
  { directorId: name, name, leaving, plan: { replaces, operations: [], digest: 'a'.repeat(64), findings: [], touched: null, readAtMs: 1 }, error: null });

const both = (replaces: number | null) => [planned('a', replaces), planned('b', replaces)];

function asked(revision: number, directors: readonly DirectorPlan[], { versions = {}, shownAs = (one) => one }: { versions?: Record<string, number>; shownAs?: (one: ClusterDefinition) => ClusterDefinition } = {}): Promise<PlannedHealth> {
  return plannedHealth({ clusterId: 'c', revision, directors, moves: [] }, {
    gateway: { director: (id) => ({ hello: { version: versions[id] ?? 3 } }) },
    clusters: { definition: async (_, number) => revisions.get(number) ?? Promise.reject(new PanelError('noSuchRevision')) },
  }, shownAs);
}

it('begins, changes or ends, on all directors at once', async () => {
  expect(await asked(2, both(1))).toEqual({ changes: [{ ...about, before: null, after: health, on: null }], unknownOn: [] });
  expect(await asked(2, both(null))).toMatchObject({ changes: [{ before: null, after: health }] });
  expect(await asked(3, both(2))).toEqual({ changes: [{ ...about, before: health, after: sends('AUTH b2'), on: null }], unknownOn: [] });
  expect(await asked(1, both(2))).toEqual({ changes: [{ ...about, before: health, after: null, on: null }], unknownOn: [] });
  expect(await asked(2, both(2))).toEqual({ changes: [], unknownOn: [] });
});

it('is told of each director where they hold different revisions, and ends where the cluster leaves', async () => {
  const { changes } = await asked(2, [planned('a', 1), planned('b', 2), planned('d', 2, true)]);
  expect(changes).toEqual([{ ...about, before: null, after: health, on: ['a'] }, { ...about, before: health, after: null, on: ['d'] }]);
});

it('is nothing on a director that is left out or asks nothing, and not known on one that holds what the panel has not', async () => {
  const silent: DirectorPlan = { ...planned('s', null), plan: null, error: { code: 'directorSilent', params: {} } };
  expect(await asked(2, [planned('a', 1), silent, planned('o', 1)], { versions: { o: 2 } })).toMatchObject({ changes: [{ on: null }], unknownOn: [] });
  expect(await asked(2, [planned('a', 1), planned('x', 9)])).toMatchObject({ changes: [{ on: ['a'] }], unknownOn: ['x'] });
});

it('is told to who may not see what is sent, without it', async () => {
  const { changes } = await asked(3, [planned('a', 2)], { shownAs: withoutSecrets });
  expect(changes).toHaveLength(1);
  expect(JSON.stringify(changes)).not.toContain('AUTH');
});
