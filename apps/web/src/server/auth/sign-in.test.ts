// Signing in and out through the panel's own server, on a real database.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { cookieFrom, password, startTestPanel } from '../testing/panel.ts';
import type { TestPanel } from '../testing/panel.ts';

const signInRoute = '/api/auth/sign-in/email';

let server: TestServer;
let panel: TestPanel;

beforeAll(async () => {
  server = await openTestServer();
  panel = await startTestPanel(await server.createDatabase());
  await panel.person('Ann', 'admin');
});
afterAll(async () => {
  await panel.close();
  await server.remove();
});

async function session(cookie: string): Promise<unknown> {
  return (await fetch(`${panel.origin}/api/auth/get-session`, { headers: { cookie } })).json();
}

async function lastEntry(): Promise<unknown> {
  return panel.services.db.auditEntry.findFirst({ orderBy: { id: 'desc' } });
}

describe('signing in', () => {
  it('gives a cookie that says who asks', async () => {
    const forged = { 'x-forwarded-for': '192.0.2.9', 'x-weir-client-address': '192.0.2.9' };
    const response = await panel.post(signInRoute, { email: ' Ann@Example.org ', password }, forged);
    expect(response.status).toBe(200);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^weir\.session_token=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await session(cookieFrom(response))).toMatchObject({ user: { email: 'ann@example.org', name: 'Ann', role: 'admin' } });
    expect(await lastEntry()).toMatchObject({ action: 'session.signIn', actorName: 'Ann', outcome: 'done', address: '127.0.0.1' });
    expect(await panel.api(cookieFrom(response)).session.list.query()).toMatchObject([{ current: true, ipAddress: '127.0.0.1' }]);
  });

  it('answers alike for a wrong address, a wrong password and a disabled account, and writes down which it was', async () => {
    const { id } = await panel.person('Dora', 'viewer');
    await panel.services.db.user.update({ where: { id }, data: { disabledAt: new Date() } });
    const answers = [];
    for (const [email, secret, reason] of [
      ['nobody@example.org', password, 'wrongEmailOrPassword'],
      ['ann@example.org', 'wrong password', 'wrongEmailOrPassword'],
      ['dora@example.org', password, 'disabled'],
    ]) {
      const response = await panel.post(signInRoute, { email, password: secret });
      answers.push([response.status, response.headers.getSetCookie(), await response.text()]);
      expect(await lastEntry()).toMatchObject({ action: 'session.signIn', objectName: email, after: { reason }, outcome: 'refused' });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual([401, [], '{"error":{"code":"signInRefused","params":{}}}']);
    expect(await panel.services.db.session.count({ where: { userId: id } })).toBe(0);
  });

  it.each([
    ['no JSON', 'x', 'badInput'],
    [{ email: 'no address', password }, undefined, 'badInput'],
    [{ email: 'ann@example.org', password: 7 }, undefined, 'badInput'],
    [{ email: 'ann@example.org', password: 'x'.repeat(20_000) }, undefined, 'tooLarge'],
  ])('refuses bad input: %j', async (body, type, code) => {
    const response = await panel.post(signInRoute, body, type === undefined ? {} : { 'content-type': type });
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(response.status).toBe(code === 'tooLarge' ? 413 : 400);
  });

  it('is limited per account and per address, right password or not, many at once too', async () => {
    const limited = await startTestPanel(await server.createDatabase(), {
      perAddress: { attemptsMax: 5, windowMs: 60_000 },
      perAccount: { attemptsMax: 3, windowMs: 60_000 },
    });
    try {
      await limited.person('Ann', 'admin');
      const attempt = (email: string, secret: string): Promise<Response> => limited.post(signInRoute, { email, password: secret });
      // Right ones cost nothing.
      for (let n = 0; n < 6; n += 1) expect((await attempt('ann@example.org', password)).status).toBe(200);
      const wrong = await Promise.all(Array.from({ length: 4 }, () => attempt('ann@example.org', 'wrong')));
      expect(wrong.filter(({ status }) => status === 401)).toHaveLength(3);
      expect(wrong.filter(({ status }) => status === 429)).toHaveLength(1);
      const blocked = await attempt('ann@example.org', password);
      expect(blocked.status).toBe(429);
      expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(50);
      expect(await blocked.json()).toMatchObject({ error: { code: 'tooManyAttempts' } });
      expect((await attempt('other@example.org', 'wrong')).status).toBe(429);
    } finally {
      await limited.close();
    }
  });
});

describe('a session', () => {
  it('ends when the person signs out, and that is written down', async () => {
    const cookie = await panel.signIn('ann@example.org');
    const out = await panel.post('/api/auth/sign-out', {}, { cookie });
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie().join()).toContain('weir.session_token=; Max-Age=0');
    expect(await session(cookie)).toBeNull();
    expect(await lastEntry()).toMatchObject({ action: 'session.signOut', actorName: 'Ann' });
  });

  it.each([
    ['twelve hours after sign-in', { expiresAt: new Date(Date.now() - 1) }],
    ['after an idle hour', { seenAt: new Date(Date.now() - 3_600_000) }],
  ])('ends %s', async (_, data) => {
    const cookie = await panel.signIn('ann@example.org');
    expect(await session(cookie)).not.toBeNull();
    const { db } = panel.services;
    const { id } = await db.session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    await db.session.update({ where: { id }, data });
    expect(await session(cookie)).toBeNull();
    expect(await db.session.count({ where: { id } })).toBe(0);
  });

  it('stays alive while it is used, but not beyond its twelve hours', async () => {
    const cookie = await panel.signIn('ann@example.org');
    const { db } = panel.services;
    const before = await db.session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    expect(before.expiresAt.getTime() - before.createdAt.getTime()).toBeCloseTo(12 * 3_600_000, -4);
    await db.session.update({ where: { id: before.id }, data: { seenAt: new Date(Date.now() - 3_000_000) } });
    expect(await session(cookie)).not.toBeNull();
    const after = await db.session.findUniqueOrThrow({ where: { id: before.id } });
    expect(Date.now() - after.seenAt.getTime()).toBeLessThan(10_000);
    expect(after.expiresAt).toEqual(before.expiresAt);
  });

  it('is swept away with its streams when its time is over and nobody asks', async () => {
    await panel.signIn('ann@example.org');
    const { db, auth } = panel.services;
    const { id } = await db.session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    const ended: string[] = [];
    const off = auth.sessions.onEnded((ids) => ended.push(...ids));
    await db.session.update({ where: { id }, data: { seenAt: new Date(Date.now() - 3_600_001) } });
    await auth.sessions.sweep();
    off();
    expect(ended).toEqual([id]);
  });

  it.each([
    ['a made-up token', 'weir.session_token=abc.def'],
    ['no signature', 'weir.session_token=abc'],
    ['nonsense', 'weir.session_token=%%%%'],
    ['an enormous cookie', `weir.session_token=${'x'.repeat(4_000)}`],
  ])('is not granted for %s', async (_, cookie) => {
    expect(await session(cookie)).toBeNull();
  });

  it('is not granted for a real token under another signature', async () => {
    const cookie = decodeURIComponent(await panel.signIn('ann@example.org'));
    const forged = `${cookie.slice(0, cookie.indexOf('.', cookie.indexOf('=')))}.${Buffer.alloc(32, 7).toString('base64')}`;
    expect(await session(forged.replace(/=([^=].*)$/, (_, value: string) => `=${encodeURIComponent(value)}`))).toBeNull();
  });
});
