// What whoever is woken at night reads: what it is, where, since when, what was seen, what to do, and where more stands. In both languages.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeEvents } from '../../events/draft.ts';
import { eventOfHealth } from '../../events/of-health.ts';
import { startAlertsBench } from '../../testing/alerts-bench.ts';
import type { AlertsBench } from '../../testing/alerts-bench.ts';
import { ann } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { startWebHookReceiver } from '../../testing/web-hook-receiver.ts';
import type { WebHookReceiver } from '../../testing/web-hook-receiver.ts';

let server: TestServer;
let bench: AlertsBench;
let receiver: WebHookReceiver;
beforeAll(async () => {
  server = await openTestServer();
  bench = await startAlertsBench(await server.createDatabase());
  receiver = await startWebHookReceiver();
  const channels = await Promise.all((['en', 'zh-CN'] as const).map((locale) => bench.alerts.saveChannel(ann, { id: null, name: locale, locale, target: { kind: 'webHook', url: receiver.url } })));
  await bench.rule('realServerDown', { forSeconds: 60, groupSeconds: 0, channelIds: channels.map(({ id }) => id) });
  await bench.rule('belowQuorum', { forSeconds: 60, groupSeconds: 0, channelIds: channels.map(({ id }) => id) });
});
afterAll(async () => {
  await bench.close();
  await receiver.close();
  await server.remove();
});

async function fell(realServerId: string, to: 'up' | 'down'): Promise<void> {
  const atMs = bench.nowMs() - 3_000;
  const lastTry = { checkId: 'tcp', startedAtMs: atMs, tookMs: 3, sent: null, expected: null, received: null, certificateEndsAtMs: null, result: { kind: 'failed' as const, failure: 'refused' as const, detail: null } };
  const rule = { code: to === 'down' ? 'fell' : 'rose', params: { check: 'tcp', fall: 2, rise: 2 }, sinceMs: atMs };
  const named = { clusterId: 'c1', clusterName: 'shop', serviceId: 'web', serviceName: 'web', realServerId, realServerName: `rs-${realServerId}`, directorId: 'd1', directorName: 'lvs-a' };
  await writeEvents(bench.db, [eventOfHealth({ ...named, atMs, from: 'up', to, rule, lastTry })], bench.nowMs());
}

interface Body {
  readonly channel: string;
  readonly subject: string;
  readonly text: string;
}

const sentTo = (channel: string): Body[] => receiver.received.map(({ body }) => JSON.parse(body) as Body).filter((body) => body.channel === channel);

it('the worst first, each with its evidence; what was heard of otherwise since then is no evidence', async () => {
  await fell('a', 'down');
  await fell('b', 'down');
  await fell('b', 'up');
  bench.down('a', 'b');
  await bench.after(0);
  await bench.after(60_000);
  const [message] = sentTo('en');
  expect(message?.subject).toBe('Alert fires on shop: Service web is below its quorum: 1 of 2 needed are in use. (and 2 more)');
  expect(message?.text).toBe(`Service web is below its quorum: 1 of 2 needed are in use.
Cluster: shop
Since 2026-11-23 12:00:00 UTC, fired 2026-11-23 12:01:00 UTC.
What to do: Bring real servers back: the page below shows which are down, and why.
https://weir.example.org/clusters/c1/services/web

Real server rs-a of web is down.
Cluster: shop
Since 2026-11-23 12:00:00 UTC, fired 2026-11-23 12:01:00 UTC.
Seen by lvs-a at 2026-11-23 11:59:57 UTC: 2 failed tries in a row: down. Refused. Nothing listens on that port, or a firewall rejects it. Start the server, or mend the port of the check.
What to do: Look at the host, and at its last tries on the page below. If it is down on purpose, put it in maintenance or drain it: nobody is called for it then.
https://weir.example.org/clusters/c1/services/web/health/a

Real server rs-b of web is down.
Cluster: shop
Since 2026-11-23 12:00:00 UTC, fired 2026-11-23 12:01:00 UTC.
What to do: Look at the host, and at its last tries on the page below. If it is down on purpose, put it in maintenance or drain it: nobody is called for it then.
https://weir.example.org/clusters/c1/services/web/health/b

All alerts, and where they are acknowledged: https://weir.example.org/alerts`);
});

it('in Chinese the same', () => {
  const [message] = sentTo('zh-CN');
  expect(message?.subject).toBe('触发（shop）：服务 web 低于法定数：所需 2 台中使用 1 台。（另有 2 条）');
  expect(message?.text).toContain('真实服务器 rs-a 停机');
  expect(message?.text).toMatch(/^lvs-a 于 2026-11-23 11:59:57 UTC 所见：.+$/m);
  expect(message?.text.split('\n').filter((line) => /[A-Za-z]{4,} [a-z]{3,} [a-z]/.test(line))).toEqual([]);
});

it('what is over says since when, and nothing to do', async () => {
  bench.down();
  await bench.after(60_000);
  expect(sentTo('en')[1]).toMatchObject({ subject: 'Alert over on shop: Service web is below its quorum: 1 of 2 needed are in use. (and 2 more)' });
  expect(sentTo('en')[1]?.text).toContain('Over since 2026-11-23 12:02:00 UTC: Real server rs-a of web is down.\nCluster: shop\nSince 2026-11-23 12:00:00 UTC, fired 2026-11-23 12:01:00 UTC.\nhttps://');
});

it('what nobody watches any more says so in both languages, and not that it is over', async () => {
  bench.down('a', 'b');
  await bench.after(0);
  await bench.after(60_000);
  await bench.rule('belowQuorum', { on: false });
  await bench.rule('realServerDown', { on: false });
  await bench.after(0);
  expect(sentTo('en')[3]?.subject).toBe('Alert not watched any more on shop: Service web is below its quorum: 1 of 2 needed are in use. (and 2 more)');
  expect(sentTo('zh-CN')[3]?.subject).toBe('不再监视（shop）：服务 web 低于法定数：所需 2 台中使用 1 台。（另有 2 条）');
});
