// From a real server that dies to a real web hook: a real agent asks, the panel hears, an alert fires and is sent, and a drain silences it.
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ann, longDeadlines, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { applied } from '../testing/applied.ts';
import { enrolled, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import { startWebHookReceiver } from '../testing/web-hook-receiver.ts';
import type { WebHookReceiver } from '../testing/web-hook-receiver.ts';

const address = ownAddress();
const check = { id: 'tcp', probe: { type: 'tcp' as const }, port: null, source: null, intervalMs: 300, changingIntervalMs: null, timeoutMs: 10_000, rise: 2, fall: 2 };
const health = { checks: [check], first: 'up' as const, whenDown: 'weightZero' as const, slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn' as const, sorry: null, flapping: null };

let server: TestServer;
let plane: TestPlane;
let director: TestDirector;
let receiver: WebHookReceiver;
let clusterId: string;
const realServer = createServer((socket) => socket.on('error', () => undefined).end());
const listening = (): Promise<void> => new Promise((resolve) => { realServer.listen(8080, address, resolve); });

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase(), { deadlines: longDeadlines });
  director = await startDirector();
  receiver = await startWebHookReceiver();
  const directorId = await enrolled(plane, director, 'lvs-a');
  await listening();
  const plain = webCluster({ name: 'shop', directorIds: [directorId], realServers: [{ address, port: 8080, weight: 1 }] });
  ({ clusterId } = await plane.clusters.create(ann, { definition: { ...plain, services: plain.services.map((service) => ({ ...service, health })) }, reason: '' }));
  await applied(plane, clusterId);
  const { id } = await plane.alerts.saveChannel(ann, { id: null, name: 'pager', locale: 'en', target: { kind: 'webHook', url: receiver.url } });
  for (const rule of plane.alerts.rules().filter(({ kind }) => kind === 'realServerDown')) await plane.alerts.setRule(ann, { ...rule, forSeconds: 0, groupSeconds: 0, channelIds: [id] });
});
afterAll(async () => {
  realServer.close();
  await plane.close();
  await director.remove();
  await receiver.close();
  await server.remove();
});

const ofRealServer = async (which: 'current' | 'past'): Promise<string[]> => (
  (await plane.alerts.list({ which, limit: 10 })).alerts.filter(({ rule }) => rule === 'realServerDown').map(({ state }) => state));

it('a real server that dies fires once, and coming back ends it', async () => {
  await vi.waitFor(async () => expect((await plane.health.changes({ clusterId, limit: 10 })).entries.some(({ to }) => to === 'up')).toBe(true), longWait);
  await new Promise((resolve) => { realServer.close(resolve); });
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), longWait);
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ cluster: { name: 'shop' }, alerts: [{ rule: 'realServerDown', state: 'firing', sentence: 'Real server rs-0 of web is down.' }] });
  expect(await ofRealServer('current')).toEqual(['firing']);
  await listening();
  await vi.waitFor(() => expect(receiver.received).toHaveLength(2), longWait);
  expect([await ofRealServer('current'), await ofRealServer('past')]).toEqual([[], ['ended']]);
  const { events } = await plane.events.read({ filter: { clusterId, realServerId: 'rs-0', kinds: ['alert', 'health'] }, limit: 20 }, () => true);
  expect(events.map(({ kind, code }) => `${kind} ${code}`)).toEqual(expect.arrayContaining(['alert ended', 'health up', 'alert fired', 'health down']));
});

it('one that a person has drained may die', async () => {
  await plane.drains.begin(ann, { clusterId, target: { kind: 'realServer', serviceId: 'web', realServerId: 'rs-0' }, reason: 'new disk', deadlineMs: null, atDeadline: 'wait', emptied: ['web'] });
  const changesBefore = (await plane.health.changes({ clusterId, realServerId: 'rs-0', serviceId: 'web', limit: 100 })).entries.length;
  await new Promise((resolve) => { realServer.close(resolve); });
  await vi.waitFor(async () => expect((await plane.health.changes({ clusterId, realServerId: 'rs-0', serviceId: 'web', limit: 100 })).entries.length).toBeGreaterThan(changesBefore), longWait);
  await plane.alerts.look();
  await plane.alerts.look();
  expect(await ofRealServer('current')).toEqual([]);
  const { events } = await plane.events.read({ filter: { realServerId: 'rs-0', kinds: ['drain'] }, limit: 20 }, () => true);
  expect(events.map(({ code }) => code)).toContain('begun');
});
