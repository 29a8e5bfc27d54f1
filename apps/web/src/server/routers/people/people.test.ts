// The first administrator, people and their rights, through the panel's own server.
import { access } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { password, refusalOf, startTestPanel } from '../../testing/panel.ts';
import type { TestPanel } from '../../testing/panel.ts';
import { issueSetupToken } from '../../people/setup.ts';

let server: TestServer;
let panel: TestPanel;

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  panel = await startTestPanel(await server.createDatabase());
  return () => panel.close();
});

const ann = { name: 'Ann', email: 'ann@example.org', password };

async function entries(): Promise<unknown[]> {
  return panel.services.db.auditEntry.findMany({ orderBy: { id: 'asc' } });
}

describe('the first administrator', () => {
  it('is made once with the link from the file, which is gone then', async () => {
    const token = await panel.setupToken();
    expect(await panel.api().setup.status.query({ token })).toEqual({ needed: true, linkInvalid: false });
    const both = await Promise.all([1, 2].map(() => refusalOf(panel.api().setup.createAdmin.mutate({ token, ...ann }))));
    expect(both.map(({ code }) => code).sort()).toEqual(['allowed', 'setupLinkInvalid']);
    expect(await panel.api().setup.status.query({ token })).toEqual({ needed: false, linkInvalid: true });
    await expect(access(path.join(panel.dataDir, 'setup-link'))).rejects.toThrow('ENOENT');
    const me = await panel.api(await panel.signIn(ann.email)).session.me.query();
    expect(me).toMatchObject({ name: 'Ann', email: 'ann@example.org', role: 'admin' });
    expect(await entries()).toMatchObject([{ action: 'setup.createAdmin', actorName: 'Ann', address: '127.0.0.1' }, { action: 'session.signIn' }]);
    expect(await issueSetupToken(panel.services.db, new Date())).toBeNull();
    expect(JSON.stringify(await panel.services.db.setupToken.findMany())).not.toContain(token);
  });

  it('is not made with a link that is wrong, over, or replaced by a newer one', async () => {
    const refused = { code: 'setupLinkInvalid', status: 403 };
    const { db } = panel.services;
    const first = await panel.setupToken();
    const second = await issueSetupToken(db, new Date());
    const third = await issueSetupToken(db, new Date(Date.now() - 30 * 60_000));
    for (const token of ['', 'wrong', first, second ?? '', third ?? '']) {
      expect(await refusalOf(panel.api().setup.createAdmin.mutate({ token, ...ann }))).toEqual(refused);
      expect(await panel.api().setup.status.query({ token })).toEqual({ needed: true, linkInvalid: true });
    }
    expect(await db.user.count()).toBe(0);
  });

  it.each([
    ['a short password', { password: 'short' }, 'password'],
    ['no name', { name: '  ' }, 'name'],
    ['a name with a line break', { name: 'Ann\nEve' }, 'name'],
    ['a name of 10,000 characters', { name: 'x'.repeat(10_000) }, 'name'],
    ['no e-mail address', { email: 'ann' }, 'email'],
  ])('is refused with the field named: %s', async (_, wrong, field) => {
    const token = await panel.setupToken();
    const response = await panel.post('/api/trpc/setup.createAdmin', { json: { token, ...ann, ...wrong } });
    const answer = JSON.stringify(await response.json());
    expect([response.status, answer]).toEqual([400, expect.stringContaining(`"path":["${field}"]`)]);
    expect(answer).not.toContain('stack');
  });
});

describe('people', () => {
  let admin: string;
  let annId: string;

  beforeEach(async () => {
    ({ id: annId } = await panel.person('Ann', 'admin'));
    admin = await panel.signIn(ann.email);
  });

  it('are created with a role, and listed', async () => {
    const ben = { name: 'Ben', email: 'Ben@Example.org', password, role: 'operator' } as const;
    await panel.api(admin).people.create.mutate(ben);
    expect(await panel.api(admin).people.list.query()).toMatchObject([{ name: 'Ann' }, { name: 'Ben', email: 'ben@example.org', role: 'operator' }]);
    expect(await refusalOf(panel.api(admin).people.create.mutate(ben))).toEqual({ code: 'emailTaken', status: 409 });
    await panel.signIn('ben@example.org');
    const written = JSON.stringify((await entries()).map((entry) => ({ ...Object(entry) as object, id: 0 })));
    expect(written).toContain('"action":"people.create"');
    expect(written).not.toContain(password);
  });

  it.each([
    ['a new role', (id: string) => panel.api(admin).people.setRole.mutate({ id, role: 'viewer' })],
    ['a new password', (id: string) => panel.api(admin).people.setPassword.mutate({ id, password: 'another long password' })],
    ['being disabled', (id: string) => panel.api(admin).people.setDisabled.mutate({ id, disabled: true })],
    ['removal', (id: string) => panel.api(admin).people.remove.mutate({ id })],
  ])('lose their sessions by %s, at once', async (_, change) => {
    const { id, email } = await panel.person('Ben', 'operator');
    const cookie = await panel.signIn(email);
    const sessions = await panel.services.db.session.findMany({ where: { userId: id } });
    const ended: string[] = [];
    panel.services.auth.sessions.onEnded((ids) => ended.push(...ids));
    await change(id);
    expect(ended).toEqual(sessions.map((session) => session.id));
    expect(await panel.api(cookie).session.me.query()).toBeNull();
    expect(await panel.api(admin).session.me.query()).not.toBeNull();
    expect((await entries()).at(-1)).toMatchObject({ objectKind: 'person', objectId: id, objectName: 'Ben', actorName: 'Ann', outcome: 'done' });
  });

  it('sign in with the new password only, and with none while disabled', async () => {
    const { id, email } = await panel.person('Ben', 'operator');
    await panel.api(admin).people.setPassword.mutate({ id, password: 'another long password' });
    await expect(panel.signIn(email)).rejects.toThrow('401');
    await panel.signIn(email, 'another long password');
    await panel.api(admin).people.setDisabled.mutate({ id, disabled: true });
    await expect(panel.signIn(email, 'another long password')).rejects.toThrow('401');
    await panel.api(admin).people.setDisabled.mutate({ id, disabled: false });
    await panel.signIn(email, 'another long password');
  });

  it('always keep one administrator, who loses nothing by the attempt', async () => {
    const { people } = panel.api(admin);
    const refused = { code: 'lastAdmin', status: 409 };
    expect(await refusalOf(people.setRole.mutate({ id: annId, role: 'operator' }))).toEqual(refused);
    expect(await refusalOf(people.setDisabled.mutate({ id: annId, disabled: true }))).toEqual(refused);
    expect(await refusalOf(people.remove.mutate({ id: annId }))).toEqual(refused);
    expect(await panel.api(admin).session.me.query()).toMatchObject({ role: 'admin' });
  });

  it('keep one administrator also when two remove each other at once', async () => {
    const { id: eveId, email } = await panel.person('Eve', 'admin');
    const eve = await panel.signIn(email);
    const both = await Promise.all([
      refusalOf(panel.api(admin).people.remove.mutate({ id: eveId })),
      refusalOf(panel.api(eve).people.remove.mutate({ id: annId })),
    ]);
    expect(both.filter(({ code }) => code === 'allowed')).toHaveLength(1);
    expect(await panel.services.db.user.count({ where: { role: 'admin' } })).toBe(1);
  });

  it('that do not exist are said not to', async () => {
    expect(await refusalOf(panel.api(admin).people.remove.mutate({ id: 'nobody' }))).toEqual({ code: 'noSuchPerson', status: 404 });
  });

  it.each(['a\0b', ''])('and sessions have no id like %j', async (id) => {
    const { people, session } = panel.api(admin);
    const refusals = await Promise.all([
      people.setRole.mutate({ id, role: 'viewer' }), people.setClusters.mutate({ id, clusterIds: null }), people.setPassword.mutate({ id, password }),
      people.setDisabled.mutate({ id, disabled: true }), people.remove.mutate({ id }), session.revoke.mutate({ id }),
    ].map(refusalOf));
    expect(refusals).toEqual(refusals.map(() => ({ code: 'badInput', status: 400 })));
  });

  it('end their own sessions, and nobody else their own', async () => {
    const { email } = await panel.person('Ben', 'viewer');
    const [here, there] = [await panel.signIn(email), await panel.signIn(email)];
    const sessions = await panel.api(here).session.list.query();
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const other = sessions.find(({ current }) => !current)?.id ?? '';
    expect(await refusalOf(panel.api(admin).session.revoke.mutate({ id: other }))).toEqual({ code: 'noSuchSession', status: 404 });
    await panel.api(here).session.revoke.mutate({ id: other });
    expect(await panel.api(there).session.me.query()).toBeNull();
    expect(await panel.api(here).session.list.query()).toHaveLength(1);
  });
});

describe('the audit log', () => {
  it('is read in pages, newest first', async () => {
    const { email } = await panel.person('Ann', 'admin');
    const api = panel.api(await panel.signIn(email));
    for (let n = 0; n < 4; n += 1) await panel.services.auth.refusals.record({ person: null, address: `192.0.2.${n}` }, 'x.y');
    const first = await api.audit.list.query({ limit: 3 });
    expect(first.entries.map(({ address }) => address)).toEqual(['192.0.2.3', '192.0.2.2', '192.0.2.1']);
    const second = await api.audit.list.query({ limit: 3, ...(first.next !== null && { before: first.next }) });
    expect(second).toMatchObject({ entries: [{ address: '192.0.2.0' }, { action: 'session.signIn' }], next: null });
  });

  it('loses no entry when the change it belongs to is undone, nor gains one', async () => {
    const { db } = panel.services;
    const { audit, panelItself } = await import('../../audit.ts');
    await expect(db.$transaction(async (tx) => {
      await audit(tx, panelItself, { action: 'a.b', object: { kind: 'c' } });
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect(await entries()).toEqual([]);
    await expect(db.auditEntry.deleteMany()).rejects.toThrow('append-only');
  });
});
