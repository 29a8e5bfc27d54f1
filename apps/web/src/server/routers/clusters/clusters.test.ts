// Deciding on revisions over HTTP: roles, bad input, and what the audit log says of whom.
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { webCluster } from '../../testing/directors.ts';
import { refusalOf, openTestPanel } from '../../testing/panel.ts';
import type { TestPanel } from '../../testing/panel.ts';

let panel: TestPanel;
type Api = ReturnType<TestPanel['api']>;
const api: Partial<Record<string, Api>> = {};
let clusterId: string;

beforeAll(async () => {
  panel = await openTestPanel();
  for (const [name, role] of [['Vera', 'viewer'], ['Otto', 'operator'], ['Olga', 'operator'], ['Ada', 'admin']] as const) {
    const { email } = await panel.person(name, role);
    api[name] = panel.api(await panel.signIn(email));
  }
  const directorId = nanoid();
  await panel.services.db.director.create({ data: { id: directorId, name: 'lvs', address: '127.0.0.1:1', keyHash: '00', enrolledBy: 'Ada' } });
  ({ clusterId } = await as('Otto').clusters.create.mutate({ definition: webCluster({ directorIds: [directorId] }), reason: '' }));
});
afterAll(() => panel.close());

function as(name: string): Api {
  const own = api[name];
  if (own === undefined) throw new Error(`nobody is called ${name}`);
  return own;
}

it('an administrator sets the rule, an operator proposes, another one approves, and the log names them', async () => {
  expect(await refusalOf(as('Otto').clusters.setApproval.mutate({ clusterId, required: true }))).toEqual({ code: 'roleTooSmall', status: 403 });
  await as('Ada').clusters.setApproval.mutate({ clusterId, required: true });
  const { head: { definition } } = await as('Vera').clusters.get.query({ clusterId });
  expect(await as('Otto').clusters.save.mutate({ clusterId, base: 1, definition, reason: 'again' })).toMatchObject({ number: 2 });
  expect(await as('Vera').clusters.get.query({ clusterId })).toMatchObject({ approvalRequired: true, head: { number: 2, approval: { state: 'proposed' } }, wanted: { number: 1 } });
  expect(await refusalOf(as('Vera').clusters.approve.mutate({ clusterId, number: 2 }))).toEqual({ code: 'roleTooSmall', status: 403 });
  expect(await refusalOf(as('Otto').clusters.approve.mutate({ clusterId, number: 2 }))).toEqual({ code: 'ownRevision', status: 403 });
  expect(await refusalOf(as('Olga').clusters.approve.mutate({ clusterId, number: 1 }))).toEqual({ code: 'revisionMovedOn', status: 409 });
  await as('Olga').clusters.approve.mutate({ clusterId, number: 2, note: 'seen' });
  expect(await refusalOf(as('Ada').clusters.reject.mutate({ clusterId, number: 2 }))).toEqual({ code: 'alreadyDecided', status: 409 });
  const entries = await panel.services.db.auditEntry.findMany({ where: { objectId: clusterId, action: { in: ['clusters.setApproval', 'clusters.approve'] } }, orderBy: { id: 'asc' } });
  expect(entries.map(({ actorName, action, address }) => [actorName, action, address])).toEqual([
    ['Ada', 'clusters.setApproval', '127.0.0.1'], ['Olga', 'clusters.approve', '127.0.0.1'],
  ]);
});

it('what a check sends in secret is shown to those who operate the cluster alone', async () => {
  const { head: { number, definition } } = await as('Ada').clusters.get.query({ clusterId });
  const probe = { type: 'http' as const, method: 'GET' as const, path: '/', host: null, headers: [{ name: 'X-Token', value: 'a1b2', secret: true }], statuses: [{ from: 200, to: 200 }], body: null, tls: null };
  const check = { id: 'c', probe, port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 2 };
  const health = { checks: [check], first: 'up' as const, whenDown: 'weightZero' as const, slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn' as const, sorry: null, flapping: null };
  const saved = await as('Otto').clusters.save.mutate({ clusterId, base: number, definition: { ...definition, services: definition.services.map((service) => ({ ...service, health })) }, reason: '' });
  const answers = async (name: string) => JSON.stringify([
    await as(name).clusters.get.query({ clusterId }), await as(name).clusters.revision.query({ clusterId, number: saved.number }),
    await as(name).clusters.differences.query({ clusterId, from: number, to: saved.number }),
  ]);
  expect((await answers('Otto')).split('a1b2')).toHaveLength(definition.services.length * 3 + 1);
  const shown = await answers('Vera');
  expect(shown).not.toContain('a1b2');
  expect(shown.split('•••')).toHaveLength(definition.services.length * 3 + 1);
});

it('what was sent in a try is shown to those who operate the cluster alone', async () => {
  const place = { clusterId, serviceId: 'web', realServerId: 'rs-20' };
  const lastTry = { checkId: 'c', startedAtMs: 1, tookMs: 2, sent: 'AUTH s3cret', expected: null, received: 'no', certificateEndsAtMs: null, result: { kind: 'failed', failure: 'wrongBody', detail: null } };
  await panel.services.db.healthChange.create({ data: {
    ...place, serviceName: 'web', realServerName: 'rs-20', directorId: 'd', directorName: 'lvs', bootId: 'b', sequence: 1, at: new Date(), from: 'up', to: 'down',
    rule: { code: 'fell', params: {}, sinceMs: 1 }, lastTry,
  } });
  const sent = async (name: string) => (await as(name).health.changes.query(place)).entries.map((entry) => entry.lastTry?.sent);
  expect(await sent('Otto')).toEqual(['AUTH s3cret']);
  expect(await sent('Vera')).toEqual(['•••']);
});

it('bad input is refused by the field and changes nothing', async () => {
  const before = await panel.services.db.auditEntry.count({ where: { objectId: clusterId } });
  const badInput = { code: 'badInput', status: 400 };
  for (const number of [0, -1, 1.5, Number.NaN, 2_147_483_648]) {
    expect(await refusalOf(as('Olga').clusters.approve.mutate({ clusterId, number }))).toEqual(badInput);
    expect(await refusalOf(as('Vera').clusters.revision.query({ clusterId, number }))).toEqual(badInput);
    expect(await refusalOf(as('Vera').clusters.differences.query({ clusterId, from: 1, to: number }))).toEqual(badInput);
  }
  for (const note of ['x'.repeat(2_001), 'bell \u0007']) {
    expect(await refusalOf(as('Olga').clusters.reject.mutate({ clusterId, number: 2, note }))).toEqual(badInput);
  }
  expect(await refusalOf(as('Ada').clusters.setApproval.mutate({ clusterId: '../etc', required: true }))).toEqual(badInput);
  expect(await refusalOf(as('Ada').clusters.setApproval.mutate({ clusterId, required: 'yes' as never }))).toEqual(badInput);
  expect(await refusalOf(as('Ada').clusters.setApproval.mutate({ clusterId: 'none', required: true }))).toEqual({ code: 'noSuchCluster', status: 404 });
  expect(await refusalOf(as('Vera').clusters.differences.query({ clusterId, from: 1, to: 9 }))).toEqual({ code: 'noSuchRevision', status: 404 });
  expect(await panel.services.db.auditEntry.count({ where: { objectId: clusterId } })).toBe(before);
});
