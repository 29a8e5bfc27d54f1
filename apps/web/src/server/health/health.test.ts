// Health through the panel: what directors say is followed, kept and asked for, each director by itself.
import { createServer } from 'node:net';
import type { ServiceHealth } from '@weir/model';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { applied } from '../testing/applied.ts';
import { ann, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';

const address = ownAddress();
const check = { id: 'tcp', probe: { type: 'tcp' as const }, port: null, source: null, intervalMs: 300, changingIntervalMs: null, timeoutMs: 10_000, rise: 2, fall: 2 };
const health: ServiceHealth = {
  checks: [check], first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
};

let server: TestServer;
let plane: TestPlane;
let director: TestDirector;
let directorId: string;
let clusterId: string;
const realServer = createServer((socket) => socket.on('error', () => undefined).end());

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
  director = await startDirector();
  directorId = await enrolled(plane, director);
  await new Promise<void>((resolve) => { realServer.listen(8080, address, resolve); });
  const plain = webCluster({ directorIds: [directorId], realServers: [{ address, port: 8080, weight: 1 }] });
  const definition = { ...plain, services: plain.services.map((service) => ({ ...service, health })) };
  ({ clusterId } = await plane.clusters.create(ann, { definition, reason: '' }));
  await applied(plane, clusterId);
});
afterAll(async () => {
  realServer.close();
  await plane.close();
  await director.remove();
  await server.remove();
});

it('what changed is in the log once, with its names and the last try, and why is asked of each director', async () => {
  const place = { clusterId, serviceId: 'web', realServerId: 'rs-0' };
  await vi.waitFor(() => expect(plane.gateway.health(directorId)?.of(place)).toMatchObject({ state: { code: 'allUp' }, sorry: false, realServers: [{ standing: 'up', isUsed: true }] }), longWait);
  await new Promise((resolve) => { realServer.close(resolve); });
  await vi.waitFor(async () => expect((await plane.health.changes({ ...place, limit: 10 })).entries).toEqual([
    expect.objectContaining({ from: 'up', to: 'down', directorId, serviceName: 'web', realServerName: 'rs-0', rule: expect.objectContaining({ code: 'fell' }), lastTry: expect.objectContaining({ checkId: 'tcp' }) }),
    expect.objectContaining({ from: 'unknown', to: 'up' }),
  ]), longWait);
  expect(await plane.health.evidence(place)).toMatchObject([{ directorId, error: null, evidence: { realServer: { standing: 'down' }, checks: [{ checkId: 'tcp', isAsked: true }] } }]);
  await director.stop();
  await vi.waitFor(async () => expect(await plane.health.evidence(place)).toMatchObject([{ error: { code: 'directorSilent' } }]), longWait);
  await director.start();
  await vi.waitFor(() => expect(plane.gateway.health(directorId)?.of(place)).toMatchObject({ realServers: [{ isUp: false }] }), longWait);
  const { entries } = await plane.health.changes({ ...place, limit: 1 });
  expect(entries).toHaveLength(1);
});
