// The log of health: each change once, also where a director says it again, and no more of all than are kept.
import type { HealthChange } from '@weir/protocol';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { HealthLog } from './log.ts';

let server: TestServer;
let plane: TestPlane;
beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});

const who = { directorId: 'd', directorName: 'lvs-a' };

function change(sequence: number): HealthChange {
  return {
    sequence, atMs: 1_800_000_000_000 + sequence, clusterId: 'c', serviceId: 'web', realServerId: 'rs-0', from: 'up', to: 'down',
    rule: { code: 'fell', params: { check: 'tcp' }, sinceMs: 1_800_000_000_000 }, lastTry: null,
  };
}

function changes(from: number, count: number): HealthChange[] {
  return Array.from({ length: count }, (_, n) => change(from + n));
}

function logOf(rowsMax: number): HealthLog {
  return new HealthLog({ db: plane.db, logger: pino({ level: 'silent' }), namesOf: ({ serviceId, realServerId }) => ({ clusterName: 'c', serviceName: serviceId, realServerName: realServerId }), rowsMax });
}

it('has each change once, newest first and by pages, and keeps no more than it may', async () => {
  const log = logOf(50);
  log.add(who, { kind: 'healthChanges', bootId: 'boot', missed: 0, changes: changes(1, 30) });
  await log.close();
  log.add(who, { kind: 'healthChanges', bootId: 'boot', missed: 0, changes: changes(1, 31) });
  await log.close();
  const first = await log.read({ clusterId: 'c', limit: 20 });
  expect(first.entries.map(({ atMs }) => atMs - 1_800_000_000_000)).toEqual(Array.from({ length: 20 }, (_, n) => 31 - n));
  const second = await log.read({ clusterId: 'c', limit: 20, before: first.next ?? '' });
  expect(second.entries).toHaveLength(11);
  expect(second.next).toBeNull();
  // Another life of the agent counts from 1 again.
  log.add(who, { kind: 'healthChanges', bootId: 'another', missed: 0, changes: changes(1, 100) });
  await log.close();
  expect(await plane.db.healthChange.count()).toBe(50);
  // Each is an event too, once.
  expect(await plane.db.event.count({ where: { kind: 'health' } })).toBe(131);
  await expect(plane.db.healthChange.updateMany({ data: { to: 'up' } })).rejects.toThrow('append-only');
});
