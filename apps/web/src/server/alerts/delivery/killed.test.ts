// kill -9 of the panel's process between the moment in which a web hook got a message and that in which the panel wrote so: the next one sends the same again.
import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { migrated } from '../../testing/control-plane.ts';
import { openTestServer, run } from '../../testing/database.ts';
import { longWait } from '../../testing/directors.ts';
import { startPanelProcess } from '../../testing/start-panel-process.ts';
import { startWebHookReceiver } from '../../testing/web-hook-receiver.ts';

const at = '2026-01-01T12:00:00Z';

it('loses no message', { timeout: 180_000 }, async () => {
  const server = await openTestServer();
  const receiver = await startWebHookReceiver();
  const databaseUrl = await server.createDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'weir-killed-'));
  await migrated(databaseUrl);
  await run(databaseUrl, `INSERT INTO "AlertChannel" ("id", "name", "locale", "url") VALUES ('hook', 'pager', 'en', $1)`, [receiver.url]);
  await run(databaseUrl, `INSERT INTO "Alert" ("id", "rule", "key", "params", "since", "firedAt", "endedAt") VALUES ('over', 'drift', 'd1/', '{"director": "lvs-a", "count": 3}', $1, $1, $1)`, [at]);
  await run(databaseUrl, `INSERT INTO "AlertMessage" ("id", "channelId", "channelName", "channelKind", "state", "madeAt", "nextTryAt") VALUES ('m1', 'hook', 'pager', 'webHook', 'waiting', $1, $1)`, [at]);
  await run(databaseUrl, `INSERT INTO "AlertMessageItem" ("messageId", "alertId", "says") VALUES ('m1', 'over', 'fired')`);
  const states = (): Promise<Record<string, unknown>[]> => run(databaseUrl, 'SELECT "state", "tries" FROM "AlertMessage"');
  const start = (): ReturnType<typeof startPanelProcess> => startPanelProcess({ DATABASE_URL: databaseUrl, WEIR_DATA: dataDir });

  const unanswered: ServerResponse[] = [];
  receiver.answer = (response) => { unanswered.push(response); };
  const first = start();
  await first.ready;
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), longWait);
  first.child.kill('SIGKILL');
  await first.ended;
  for (const response of unanswered) response.end('too late');
  expect(await states()).toEqual([{ state: 'waiting', tries: 0 }]);

  receiver.answer = (response) => { response.end('thanks'); };
  const second = start();
  await second.ready;
  await vi.waitFor(async () => expect(await states()).toEqual([{ state: 'sent', tries: 1 }]), longWait);
  second.child.kill('SIGKILL');
  await second.ended;
  const [one, same, ...others] = receiver.received;
  expect([same?.body, same?.headers['weir-delivery'], others]).toEqual([one?.body, 'm1', []]);

  await receiver.close();
  await server.remove();
  await rm(dataDir, { recursive: true, force: true });
});
