// Messages by e-mail to a real mail server that takes them, refuses, asks to come back later, hangs or asks who is there; and names that would write headers.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AlertDelivery } from '../../../alerts/alert.ts';
import { startAlertsBench } from '../../testing/alerts-bench.ts';
import type { AlertsBench } from '../../testing/alerts-bench.ts';
import { ann } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { startMailSink } from '../../testing/mail-sink.ts';
import type { MailSink } from '../../testing/mail-sink.ts';
import { headerLine } from './mail.ts';

let server: TestServer;
let bench: AlertsBench;
let sink: MailSink;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  bench = await startAlertsBench(await server.createDatabase());
  sink = await startMailSink();
});
afterEach(async () => {
  await bench.close();
  await sink.close();
});

interface Watching {
  readonly to?: string[];
  readonly locale?: 'en' | 'zh-CN';
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
}

async function watching({ to = ['ops@example.org'], locale = 'en', port = sink.port, user, password }: Watching = {}): Promise<string> {
  await bench.alerts.setMailServer(ann, { host: '127.0.0.1', port, security: 'none', user: user ?? null, from: 'weir@example.org', ...(password !== undefined && { password }) });
  const { id } = await bench.alerts.saveChannel(ann, { id: null, name: 'mail', locale, target: { kind: 'email', to } });
  await bench.rule('realServerDown', { forSeconds: 0, groupSeconds: 0, channelIds: [id] });
  return id;
}

async function deliveries(): Promise<AlertDelivery[]> {
  const [alert] = await bench.db.alert.findMany();
  return bench.alerts.deliveries(alert?.id ?? '');
}

/** The headers of a message, unfolded. */
function headers(raw: string): string[] {
  return raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]/g, ' ').split('\r\n');
}

describe('a mail server', () => {
  it('that takes it gets it once, with words, a link and a number of its own', async () => {
    await watching({ to: ['ops@example.org', 'night@example.org'] });
    bench.down('a');
    await bench.after(1_000);
    await bench.after(60_000);
    const [mail, second] = sink.received;
    expect([mail?.to, second]).toEqual([['ops@example.org', 'night@example.org'], undefined]);
    const [delivery] = await deliveries();
    expect(headers(mail?.raw ?? '')).toEqual(expect.arrayContaining([
      'Subject: [Weir] Alert fires on shop: Real server rs-a of web is down.', 'Auto-Submitted: auto-generated', `Weir-Delivery: ${delivery?.id}`, `Message-ID: <${delivery?.id}@example.org>`,
    ]));
    expect(mail?.raw).toContain('https://weir.example.org/clusters/c1/services/web/health/a');
    expect(delivery).toMatchObject({ state: 'sent', channelKind: 'email', lastAnswer: { code: 'ok', status: 250 } });
  });

  it('that asks to come back later is asked again, and takes it', async () => {
    await watching();
    sink.refuse = () => ({ status: 451, text: 'greylisted' });
    bench.down('a');
    await bench.after(1_000);
    expect(await deliveries()).toMatchObject([{ state: 'retrying', lastAnswer: { code: 'mailLater', status: 451, body: expect.stringContaining('greylisted') } }]);
    sink.refuse = () => null;
    await bench.after(60_000);
    expect(await deliveries()).toMatchObject([{ state: 'sent', tries: 2 }]);
    expect(sink.received).toHaveLength(1);
  });

  it('that refuses for good is said to, and where it takes it for others it was sent to those', async () => {
    await watching({ to: ['gone@example.org', 'ops@example.org'] });
    sink.refuse = () => ({ status: 550, text: 'nobody here' });
    bench.down('a');
    await bench.after(1_000);
    expect(await deliveries()).toMatchObject([{ state: 'retrying', lastAnswer: { code: 'mailRefused', status: 550 } }]);
    sink.refuse = (address) => (address === 'gone@example.org' ? { status: 550, text: 'nobody here' } : null);
    await bench.after(60_000);
    expect(await deliveries()).toMatchObject([{ state: 'sent', lastAnswer: { code: 'ok', body: expect.stringContaining('nobody here') } }]);
    expect(sink.received.map(({ to }) => to)).toEqual([['ops@example.org']]);
  });

  it('that hangs is left at the deadline', async () => {
    await bench.close();
    bench = await startAlertsBench(await server.createDatabase(), { deadlineMs: 1_000 });
    await watching();
    sink.hang = true;
    bench.down('a');
    await bench.after(1_000);
    expect(await deliveries()).toMatchObject([{ state: 'retrying', lastAnswer: { code: 'timeout' } }]);
  });

  it('that is not there, or not set, is said to be so', async () => {
    const id = await watching({ port: 1 });
    expect(await bench.alerts.testChannel(ann, id)).toMatchObject({ code: 'refused', status: null });
    await bench.db.mailServer.deleteMany();
    expect(await bench.alerts.testChannel(ann, id)).toMatchObject({ code: 'noMailServer' });
  });

  it('that wants a password is given it, and says when it is wrong', async () => {
    const strict = await startMailSink({ login: { user: 'weir', password: 'p4ssword' } });
    const id = await watching({ port: strict.port, user: 'weir', password: 'wrong' });
    expect(await bench.alerts.testChannel(ann, id)).toMatchObject({ code: 'mailSignIn', status: 535 });
    await bench.alerts.setMailServer(ann, { host: '127.0.0.1', port: strict.port, security: 'none', user: 'weir', from: 'weir@example.org', password: 'p4ssword' });
    expect(await bench.alerts.testChannel(ann, id)).toMatchObject({ code: 'ok', status: 250 });
    expect(strict.received).toHaveLength(1);
    await strict.close();
  });

  it('whose certificate nobody trusts, or that has none where one is wanted, gets nothing', async () => {
    const untrusted = await startMailSink({ secure: true });
    const id = await watching();
    const settings = { host: '127.0.0.1', user: null, from: 'weir@example.org' };
    await bench.alerts.setMailServer(ann, { ...settings, port: untrusted.port, security: 'tls' });
    expect(await bench.alerts.testChannel(ann, id)).toMatchObject({ code: 'tls' });
    await bench.alerts.setMailServer(ann, { ...settings, port: sink.port, security: 'startTls' });
    expect(await bench.alerts.testChannel(ann, id)).toMatchObject({ code: 'tls' });
    expect([...untrusted.received, ...sink.received]).toEqual([]);
    await untrusted.close();
  });

  it('gets another language where its channel says so', async () => {
    const id = await watching({ locale: 'zh-CN' });
    await bench.alerts.testChannel(ann, id);
    expect(sink.received[0]?.raw).toMatch(/^Subject: =\?UTF-8\?/m);
  });
});

describe('a name with line breaks', () => {
  const hostile = 'shop\r\nBcc: victim@example.org\r\n\r\nand a body\u0000\u2028!';

  it('writes no header and begins no body', async () => {
    await bench.close();
    bench = await startAlertsBench(await server.createDatabase(), { clusterName: hostile.replace('\u0000', '') });
    await watching();
    bench.down('a');
    await bench.after(1_000);
    const [mail] = sink.received;
    expect(mail?.to).toEqual(['ops@example.org']);
    expect(headers(mail?.raw ?? '').filter((line) => /^bcc/i.test(line))).toEqual([]);
    expect(headers(mail?.raw ?? '').filter((line) => line.startsWith('Subject:'))).toEqual(['Subject: [Weir] Alert fires on shop Bcc: victim@example.org and a body !: Real server rs-a of web is down.']);
  });

  it('is one short line in any header', () => {
    expect(headerLine(hostile)).toBe('shop Bcc: victim@example.org and a body !');
    expect(headerLine('x'.repeat(10_000))).toHaveLength(250);
  });
});
