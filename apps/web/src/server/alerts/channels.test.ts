// Settings of alerts: what is secret is written, used, and never read back, neither from a page nor from the audit log.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SaveChannel } from '../../alerts/alert.ts';
import { SaveChannel as SaveChannelInput, SetMailServer } from '../../alerts/alert.ts';
import { startAlertsBench } from '../testing/alerts-bench.ts';
import type { AlertsBench } from '../testing/alerts-bench.ts';
import { ann } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';

let server: TestServer;
let bench: AlertsBench;
beforeAll(async () => {
  server = await openTestServer();
  bench = await startAlertsBench(await server.createDatabase());
});
afterAll(async () => {
  await bench.close();
  await server.remove();
});

const webHook = (id: string | null, target: Partial<Extract<SaveChannel['target'], { kind: 'webHook' }>> = {}): SaveChannel => (
  { id, name: 'pager', locale: 'en', target: { kind: 'webHook', url: 'https://pager.example.org/hook/s3cret-path', ...target } });
const row = (id: string) => bench.db.alertChannel.findUniqueOrThrow({ where: { id } });
const log = async (): Promise<string> => JSON.stringify(await bench.db.auditEntry.findMany({ where: { action: { startsWith: 'alerts.' } }, select: { before: true, after: true, objectName: true } }));

describe('a channel', () => {
  it('keeps its secrets when it is saved without them, loses them where it is said so, and gives none to another host', async () => {
    const { id } = await bench.alerts.saveChannel(ann, webHook(null, { token: 't0ken-1', hmacSecret: 'hm4c-1' }));
    await bench.alerts.saveChannel(ann, webHook(id));
    expect(await row(id)).toMatchObject({ token: 't0ken-1', hmacSecret: 'hm4c-1' });
    await bench.alerts.saveChannel(ann, webHook(id, { url: 'https://other.example.org/' }));
    expect(await row(id)).toMatchObject({ token: null, hmacSecret: 'hm4c-1' });
    await bench.alerts.saveChannel(ann, webHook(id, { url: 'https://other.example.org/', token: 't0ken-2', hmacSecret: null }));
    expect(await bench.alerts.channels()).toEqual([{ id, name: 'pager', locale: 'en', target: { kind: 'webHook', url: 'https://other.example.org/', hasToken: true, hasHmacSecret: false }, failing: null }]);
    for (const secret of ['t0ken', 'hm4c', 's3cret-path']) expect(await log()).not.toContain(secret);
    await expect(bench.alerts.saveChannel(ann, webHook(null))).rejects.toMatchObject({ code: 'channelNameTaken' });
    await expect(bench.alerts.saveChannel(ann, webHook('gone'))).rejects.toMatchObject({ code: 'noSuchChannel' });
  });

  it('that is removed is in no rule any more, and what waits for it is not sent', async () => {
    const { id } = await bench.alerts.saveChannel(ann, { ...webHook(null), name: 'another' });
    await bench.rule('realServerDown', { forSeconds: 0, groupSeconds: 600, channelIds: [id] });
    bench.down('a');
    await bench.after(1_000);
    await bench.alerts.removeChannel(ann, id);
    expect(bench.alerts.rules().flatMap(({ channelIds }) => channelIds)).toEqual([]);
    expect(await bench.db.alertMessage.findMany()).toMatchObject([{ state: 'givenUp', channelName: 'another' }]);
    await expect(bench.rule('drift', { channelIds: [id] })).rejects.toMatchObject({ code: 'noSuchChannel' });
  });

  it('that is removed while a rule begins to send to it is in no rule afterwards', async () => {
    for (let n = 0; n < 5; n += 1) {
      const { id } = await bench.alerts.saveChannel(ann, { ...webHook(null), name: `raced ${n}` });
      await Promise.allSettled(n % 2 === 0 ? [bench.rule('drift', { channelIds: [id] }), bench.alerts.removeChannel(ann, id)] : [bench.alerts.removeChannel(ann, id), bench.rule('drift', { channelIds: [id] })]);
      expect(await bench.db.alertRule.findUniqueOrThrow({ where: { kind: 'drift' } })).toMatchObject({ channelIds: [] });
      expect(bench.alerts.rules().flatMap(({ channelIds }) => channelIds)).toEqual([]);
    }
  });

  it.each(['ftp://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://user:pass@example.org/', 'example.org', ''])('with the address %s is refused', (url) => {
    expect(SaveChannelInput.safeParse(webHook(null, { url })).success).toBe(false);
  });

  it.each(['a\r\nb@example.org', 'a@example.org\r\nBcc: b@example.org', 'a@b, c@d', ''])('for the mail address %j is refused', (to) => {
    expect(SaveChannelInput.safeParse({ id: null, name: 'm', locale: 'en', target: { kind: 'email', to: [to] } }).success).toBe(false);
  });

  it.each(['with blank', 'line\nbreak', 'ünïcode'])('with the token %j is refused: it could not stand in a header', (token) => {
    expect(SaveChannelInput.safeParse(webHook(null, { token })).success).toBe(false);
  });
});

describe('the mail server', () => {
  const settings = { host: 'mail.example.org', port: 587, security: 'startTls', user: 'weir', from: 'weir@example.org' } as const;

  it('keeps its password when it is set without one, and not for another host', async () => {
    expect(await bench.alerts.mailServer()).toBeNull();
    await bench.alerts.setMailServer(ann, { ...settings, password: 'p4ssword' });
    await bench.alerts.setMailServer(ann, { ...settings, user: 'other' });
    expect(await bench.alerts.mailServer()).toEqual({ ...settings, user: 'other', hasPassword: true });
    await bench.alerts.setMailServer(ann, { ...settings, host: 'evil.example.org' });
    expect(await bench.alerts.mailServer()).toMatchObject({ hasPassword: false });
    expect(await log()).not.toContain('p4ssword');
    expect(await log()).toContain('evil.example.org');
  });

  it.each([{ host: 'a b' }, { host: 'a\r\nb' }, { port: 0 }, { from: 'x\r\nBcc: y@z.org' }, { security: 'ssl' }])('with %j is refused', (bad) => {
    expect(SetMailServer.safeParse({ ...settings, ...bad }).success).toBe(false);
  });
});

describe('the rules', () => {
  it('are there from the start, one of each kind, on, and sent nowhere', async () => {
    const fresh = await startAlertsBench(await server.createDatabase());
    expect(fresh.alerts.rules().map(({ kind, on, channelIds }) => [kind, on, channelIds])).toEqual(
      ['realServerDown', 'belowQuorum', 'directorSilent', 'drift', 'applyFailed', 'certificateEnding', 'checkerLate'].map((kind) => [kind, true, []]));
    await fresh.rule('drift', { forSeconds: 5 });
    expect(await fresh.db.auditEntry.findMany()).toMatchObject([{ action: 'alerts.setRule', actorName: 'Ann', before: { forSeconds: 300 }, after: { forSeconds: 5 } }]);
    await fresh.close();
  });
});
