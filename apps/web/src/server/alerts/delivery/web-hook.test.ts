// Messages to a real web hook that takes them, is down, slow, answers 500, sends elsewhere or never stops; and a panel that is killed in between.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertDelivery, SaveChannel } from '../../../alerts/alert.ts';
import { startAlertsBench } from '../../testing/alerts-bench.ts';
import type { AlertsBench } from '../../testing/alerts-bench.ts';
import { ann } from '../../testing/control-plane.ts';
import { openTestServer, run } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { longWait } from '../../testing/directors.ts';
import { startWebHookReceiver } from '../../testing/web-hook-receiver.ts';
import type { WebHookReceiver } from '../../testing/web-hook-receiver.ts';
import { nextTryMs } from './retry.ts';
import { signature } from './web-hook.ts';

let server: TestServer;
let url: string;
let bench: AlertsBench;
let receiver: WebHookReceiver;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  url = await server.createDatabase();
  bench = await startAlertsBench(url);
  receiver = await startWebHookReceiver();
});
afterEach(async () => {
  await bench.close();
  await receiver.close();
});

async function channel(more: Partial<Extract<SaveChannel['target'], { kind: 'webHook' }>> = {}, name = 'pager'): Promise<string> {
  const { id } = await bench.alerts.saveChannel(ann, { id: null, name, locale: 'en', target: { kind: 'webHook', url: receiver.url, ...more } });
  return id;
}

/** What fires at once goes at once, unless the test says otherwise. */
async function watching(more: Parameters<AlertsBench['rule']>[1] = {}): Promise<void> {
  await bench.rule('realServerDown', { forSeconds: 0, groupSeconds: 0, channelIds: [await channel()], ...more });
}

async function deliveries(): Promise<AlertDelivery[]> {
  const alerts = await bench.db.alert.findMany({ orderBy: { since: 'desc' } });
  const found = await Promise.all(alerts.map(({ id }) => bench.alerts.deliveries(id)));
  return [...new Map(found.flat().map((delivery) => [delivery.id, delivery])).values()];
}

interface Body {
  readonly delivery: string;
  readonly text: string;
  readonly subject: string;
  readonly alerts: readonly { readonly state: string; readonly sentence: string; readonly url: string | null }[];
}

const bodies = (): Body[] => receiver.received.map(({ body }) => JSON.parse(body) as Body);
const sentences = (): string[][] => bodies().map(({ alerts }) => alerts.map(({ state, sentence }) => `${state}: ${sentence}`));

describe('a web hook that takes it', () => {
  it('gets what fired and what ended, each once, signed, with a number of its own', async () => {
    await bench.rule('realServerDown', { forSeconds: 0, groupSeconds: 0, channelIds: [await channel({ token: 'bearer-token', hmacSecret: 'hmac-secret' })] });
    bench.down('a');
    await bench.after(1_000);
    await bench.after(1_000);
    bench.down();
    await bench.after(1_000);
    await bench.after(100_000);
    expect(bodies()).toMatchObject([
      { subject: 'Alert fires on shop: Real server rs-a of web is down.', alerts: [{ state: 'firing', sentence: 'Real server rs-a of web is down.', url: 'https://weir.example.org/clusters/c1/services/web/health/a' }] },
      { alerts: [{ state: 'ended' }] },
    ]);
    const [first, second] = receiver.received;
    expect(first?.headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer bearer-token', 'weir-timestamp': String(Math.floor(bench.nowMs() / 1_000) - 102) });
    expect(first?.headers['weir-signature']).toBe(signature('hmac-secret', String(first?.headers['weir-timestamp']), first?.body ?? ''));
    expect(first?.headers['weir-delivery']).toBe(bodies()[0]?.delivery);
    expect(first?.headers['weir-delivery']).not.toBe(second?.headers['weir-delivery']);
    expect(await deliveries()).toMatchObject([{ state: 'sent', says: ['ended'], tries: 1 }, { state: 'sent', says: ['fired'], lastAnswer: { code: 'ok', status: 200, body: 'thanks' } }]);
  });

  it('gets what fires within the time of a group as one message, with its end where it is over by then', async () => {
    await watching({ groupSeconds: 30 });
    bench.down('a');
    await bench.after(0);
    bench.down('a', 'b');
    await bench.after(20_000);
    bench.down('b');
    await bench.after(5_000);
    expect(receiver.received).toEqual([]);
    await bench.after(5_000);
    await bench.after(60_000);
    expect(bodies().map(({ alerts }) => alerts.map(({ state }) => state))).toEqual([['firing', 'ended']]);
  });

  it('hears that it is over only after it heard that it fires, however late that is', async () => {
    await watching();
    receiver.answer = (response) => { response.writeHead(500).end(); };
    bench.down('a');
    await bench.after(1_000);
    for (let tries = 0; tries < 6; tries += 1) await bench.after(600_000);
    bench.down();
    receiver.answer = (response) => { response.end('thanks'); };
    receiver.received.length = 0;
    await bench.after(1_000);
    await bench.after(1_000);
    expect(receiver.received).toEqual([]);
    for (let minutes = 0; minutes < 20; minutes += 1) await bench.after(60_000);
    expect(bodies().map(({ alerts }) => alerts.map(({ state }) => state))).toEqual([['firing'], ['ended']]);
    expect(await bench.db.alertMessage.count({ where: { body: { not: null } } })).toBe(0);
  });

  it('is told of what nobody watches any more that it is so, not that it is over', async () => {
    await watching();
    bench.down('a');
    await bench.after(1_000);
    await bench.rule('realServerDown', { on: false });
    await bench.after(1_000);
    expect(bodies()[1]).toMatchObject({
      alerts: [{ state: 'ended', watched: false }], text: expect.stringContaining('Not watched any more'), subject: 'Alert not watched any more on shop: Real server rs-a of web is down.',
    });
  });

  it('is told first of what is over, then of what nobody watches any more', async () => {
    await watching({ groupSeconds: 30 });
    bench.down('a', 'b');
    await bench.after(0);
    await bench.after(30_000);
    bench.takeOut('a');
    bench.down('a');
    await bench.after(1_000);
    await bench.after(30_000);
    expect(bodies()[1]).toMatchObject({ alerts: [{ watched: true }, { watched: false }], subject: 'Alert over on shop: Real server rs-b of web is down. (and 1 more)' });
  });

  it('is told also while what fires cannot be looked for', async () => {
    await watching({ groupSeconds: 30 });
    bench.down('a');
    await bench.after(1_000);
    bench.down('a', 'b');
    await bench.db.alert.create({ data: { id: 'in the way', rule: 'realServerDown', key: 'c1/web/b', params: {}, since: new Date(bench.nowMs()) } });
    await expect(bench.after(30_000)).rejects.toThrow('Alert_open_key');
    await bench.alerts.idle();
    expect(bodies()).toHaveLength(1);
  });

  it('gets nothing in quiet hours, and afterwards what still holds', async () => {
    await watching({ quietHours: { days: [1], from: '12:00', to: '14:00', timeZone: 'UTC' } });
    bench.down('a', 'b');
    await bench.after(1_000);
    bench.down('b');
    await bench.after(1_000);
    expect((await deliveries()).map(({ state }) => state)).toEqual(['quiet']);
    await bench.after(2 * 3_600_000);
    expect(bodies().map(({ alerts }) => alerts.map(({ sentence }) => sentence))).toEqual([['Real server rs-b of web is down.']]);
  });

  it('gets nothing of what was over before quiet hours were', async () => {
    await watching({ quietHours: { days: [1], from: '12:00', to: '14:00', timeZone: 'UTC' } });
    bench.down('a');
    await bench.after(1_000);
    bench.down();
    await bench.after(1_000);
    await bench.after(2 * 3_600_000);
    expect([receiver.received.length, (await deliveries()).map(({ state }) => state)]).toEqual([0, ['dropped']]);
  });
});

describe('a web hook that does not take it', () => {
  it('because it is down, is asked again later and later, and gets the same message when it is up', async () => {
    await watching();
    await receiver.close();
    bench.down('a');
    await bench.after(1_000);
    expect(await deliveries()).toMatchObject([{ state: 'retrying', tries: 1, lastAnswer: { code: 'refused', status: null }, nextTryAtMs: bench.nowMs() + 5_000 }]);
    await bench.after(4_000);
    expect(await deliveries()).toMatchObject([{ tries: 1 }]);
    expect(await bench.alerts.channels()).toMatchObject([{ name: 'pager', failing: { sinceMs: bench.nowMs() - 4_000, answer: { code: 'refused' } } }]);
    await bench.after(1_000);
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ tries: 2, nextTryAtMs: bench.nowMs() + 10_000 });
    receiver = await startWebHookReceiver(receiver.url);
    await bench.after(10_000);
    expect(await deliveries()).toMatchObject([{ state: 'sent', tries: 3, nextTryAtMs: null }]);
    expect(bodies()).toMatchObject([{ delivery: delivery?.id }]);
    expect(await bench.alerts.channels()).toMatchObject([{ failing: null }]);
  });

  it('for a whole day, is asked no more', async () => {
    await watching();
    await receiver.close();
    bench.down('a');
    await bench.after(1_000);
    for (let hour = 0; hour < 25; hour += 1) await bench.after(3_600_000);
    expect(await deliveries()).toMatchObject([{ state: 'givenUp', nextTryAtMs: null, lastAnswer: { code: 'refused' } }]);
    expect((await bench.alerts.list({ which: 'current', limit: 10 })).alerts).toMatchObject([{ deliveries: { sent: 0, waiting: 0, givenUp: 1 } }]);
  });

  it.each([
    ['500', { code: 'status', status: 500, body: 'broken · here' }, 'broken \u0000 here'],
    ['302', { code: 'redirect', status: 302 }, ''],
  ])('but answers %s, is asked again, and its answer is kept; nothing goes elsewhere', async (status, answer, body) => {
    await watching();
    receiver.answer = (response) => { response.writeHead(Number(status), { location: `${receiver.url}/elsewhere` }).end(body); };
    bench.down('a');
    await bench.after(1_000);
    expect(await deliveries()).toMatchObject([{ state: 'retrying', lastAnswer: answer }]);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('in time is left at the deadline', async () => {
    await bench.close();
    bench = await startAlertsBench(await server.createDatabase(), { deadlineMs: 500 });
    await watching();
    receiver.answer = () => undefined;
    bench.down('a');
    await bench.after(1_000);
    expect(await deliveries()).toMatchObject([{ state: 'retrying', lastAnswer: { code: 'timeout', status: null } }]);
  });

  it('at once holds up nobody else', async () => {
    const quick = await startWebHookReceiver();
    const asked: ServerResponse[] = [];
    receiver.answer = (response) => { asked.push(response); };
    await bench.rule('realServerDown', { forSeconds: 0, groupSeconds: 0, channelIds: [await channel(), await channel({ url: quick.url }, 'quick')] });
    bench.down('a');
    const looking = bench.after(1_000);
    await vi.waitFor(async () => expect((await deliveries()).find(({ channelName }) => channelName === 'quick')).toMatchObject({ state: 'sent' }), longWait);
    await vi.waitFor(() => expect(asked).toHaveLength(1), longWait);
    for (const response of asked) response.end();
    await looking;
    await quick.close();
  });

  it('for more than is looked at in one go holds up nobody else', async () => {
    const down = await channel({ url: 'http://127.0.0.1:1/' }, 'down');
    const body = JSON.stringify({ kind: 'webHook', json: '{}' });
    await bench.db.alertMessage.createMany({
      data: Array.from({ length: 600 }, (_, n) => ({
        id: `waiting-${n}`, channelId: down, channelName: 'down', channelKind: 'webHook', state: 'waiting', body, madeAt: new Date(bench.nowMs() - 60_000), nextTryAt: new Date(bench.nowMs() - 60_000),
      })),
    });
    await watching();
    bench.down('a');
    await bench.after(1_000);
    expect(receiver.received).toHaveLength(1);
  });

  it('but has a broken message before it gets the rest; that is given up after a day, and what came after it is sent', async () => {
    await watching({ groupSeconds: 30 });
    bench.down('a');
    await bench.after(0);
    await bench.db.alertMessage.updateMany({ data: { quietHours: 'never' } });
    await bench.after(30_000);
    expect(await deliveries()).toMatchObject([{ state: 'retrying', tries: 1, lastAnswer: null }]);
    bench.down('a', 'b');
    await bench.after(0);
    await bench.after(30_000);
    bench.down();
    await bench.after(0);
    for (let hour = 0; hour < 23; hour += 1) await bench.after(3_600_000);
    expect(sentences()).toEqual([['firing: Real server rs-b of web is down.']]);
    await bench.after(3_600_000);
    await bench.after(60_000);
    await bench.after(60_000);
    expect((await deliveries()).map(({ state }) => state).toSorted()).toEqual(['givenUp', 'sent', 'sent']);
    expect(sentences().slice(1)).toEqual([['ended: Real server rs-a of web is down.', 'ended: Real server rs-b of web is down.']]);
  });

  it('gets anew what cannot be read of what was kept of it', async () => {
    await watching();
    receiver.answer = (response) => { response.writeHead(500).end(); };
    bench.down('a');
    await bench.after(1_000);
    await bench.db.alertMessage.updateMany({ data: { body: 'no JSON' } });
    receiver.answer = (response) => { response.end('thanks'); };
    await bench.after(5_000);
    expect(bodies().map(({ delivery, subject }) => [delivery, subject])).toEqual([0, 1].map(() => [bodies()[0]?.delivery, 'Alert fires on shop: Real server rs-a of web is down.']));
  });

  it('gets at the next look what the database refused at this one', async () => {
    await watching({ groupSeconds: 30 });
    bench.down('a');
    await bench.after(0);
    await run(url, 'ALTER TABLE "Event" RENAME TO "EventAway"');
    await bench.after(30_000);
    expect(await deliveries()).toMatchObject([{ state: 'gathering', tries: 0 }]);
    await run(url, 'ALTER TABLE "EventAway" RENAME TO "Event"');
    await bench.after(2_000);
    expect(await deliveries()).toMatchObject([{ state: 'sent', tries: 1 }]);
  });

  it('but drips an answer without an end, is left at the deadline or when enough was read', async () => {
    await watching();
    let closed: Promise<unknown> = Promise.resolve();
    receiver.answer = (response) => {
      closed = once(response, 'close');
      response.writeHead(200);
      const chunk = 'x'.repeat(64 * 1_024);
      let left = 10 * 1_024 * 1_024;
      const more = (): void => {
        while (left > 0 && !response.destroyed) {
          left -= chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    bench.down('a');
    await bench.after(1_000);
    await closed;
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ state: 'sent', lastAnswer: { code: 'ok', status: 200 } });
    expect(delivery?.lastAnswer?.body).toBe('x'.repeat(500));
  });
});

describe('a panel that is killed', () => {
  it('after it sent and before it wrote so, sends the same message again', async () => {
    await watching();
    const asked: ServerResponse[] = [];
    receiver.answer = (response) => { asked.push(response); };
    bench.down('a');
    void bench.after(1_000).catch(() => undefined);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), longWait);
    const next = await bench.killed();
    for (const response of asked) response.end('late');
    await bench.alerts.idle();
    bench = next;
    receiver.answer = (response) => { response.end('thanks'); };
    await bench.after(60_000);
    await bench.after(60_000);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body);
    expect(receiver.received[0]?.headers['weir-delivery']).toBe(receiver.received[1]?.headers['weir-delivery']);
    expect(await deliveries()).toMatchObject([{ state: 'sent' }]);
  });
});

describe('a panel that ends', () => {
  it('does not wait for who does not answer, and the next one sends it again', async () => {
    await watching();
    receiver.answer = () => undefined;
    bench.down('a');
    const looking = bench.after(1_000);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), longWait);
    await bench.alerts.close();
    await looking;
    expect(await deliveries()).toMatchObject([{ state: 'gathering', tries: 0, lastAnswer: null }]);
    bench = await bench.killed();
    receiver.answer = (response) => { response.end('thanks'); };
    await bench.after(0);
    expect(await deliveries()).toMatchObject([{ state: 'sent', tries: 1 }]);
    expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body);
  });
});

describe('the time to the next try', () => {
  it('doubles up to a quarter of an hour, is never the same for two, and ends after a day with tries enough', () => {
    const now = { firstTryMs: 0, nowMs: 0, random: 1 };
    expect([1, 2, 3, 8, 9, 500].map((tries) => nextTryMs({ ...now, tries }))).toEqual([5_000, 10_000, 20_000, 640_000, 900_000, 900_000]);
    expect(nextTryMs({ ...now, tries: 1, random: 0 })).toBe(2_500);
    const dayMs = 24 * 3_600_000;
    expect([3, 12].map((tries) => nextTryMs({ tries, firstTryMs: 0, nowMs: dayMs, random: 0 }))).toEqual([dayMs + 10_000, null]);
  });
});
