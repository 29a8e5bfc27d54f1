// The stream as a browser gets it: over HTTP, with a cookie, until the person's rights change.
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LiveTick, topicsMax } from '../../../live/topic.ts';
import { refusalOf, openTestPanel } from '../../testing/panel.ts';
import type { TestPanel } from '../../testing/panel.ts';

let panel: TestPanel;
let adminCookie: string;

beforeAll(async () => {
  panel = await openTestPanel();
  adminCookie = await panel.signIn((await panel.person('Ada', 'admin')).email);
});
afterAll(() => panel.close());

const query = (input: unknown): string => encodeURIComponent(JSON.stringify({ json: input }));

async function open(cookie: string, topics: readonly string[]): Promise<AsyncGenerator<unknown, void, void>> {
  const response = await fetch(`${panel.origin}/api/trpc/live.stream?input=${query({ topics })}`, { headers: { cookie } });
  if (response.body === null) throw new Error('no body');
  return messages(response.body);
}

/** The data of each message; the stream's own events left out. */
async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void, void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of body) {
    text += decoder.decode(piece, { stream: true });
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined && !/^event: /m.test(event)) yield (JSON.parse(data) as { json: unknown }).json;
    }
  }
}

async function viewer(name: string): Promise<{ id: string; cookie: string }> {
  const { id, email } = await panel.person(name, 'viewer');
  return { id, cookie: await panel.signIn(email) };
}

describe('live.stream', () => {
  it('opens with its id, follows what it is told, and ends when the role changes', async () => {
    const { id, cookie } = await viewer('Vic');
    const events = await open(cookie, []);
    const { value: first } = await events.next();
    expect(first).toMatchObject({ kind: 'open', streamId: expect.any(String) as unknown });
    const { streamId } = first as { streamId: string };
    await panel.api(cookie).live.follow.mutate({ streamId, topics: ['overview'] });
    const { value: text } = await events.next();
    expect(LiveTick.parse(JSON.parse(String(text)))).toMatchObject({ topic: 'overview', lines: { shown: [] } });
    await panel.api(adminCookie).people.setRole.mutate({ id, role: 'operator' });
    const rest = (async () => {
      for await (const event of events) expect(event).toBeDefined();
    })();
    await expect(rest).rejects.toThrow(/terminated/);
    expect(await refusalOf(panel.api(cookie).live.follow.mutate({ streamId, topics: [] }))).toMatchObject({ code: 'signInNeeded' });
  });

  it('cannot be steered by somebody else', async () => {
    const [own, other] = [await viewer('Olga'), await viewer('Otto')];
    const events = await open(own.cookie, ['overview']);
    const { streamId } = (await events.next()).value as { streamId: string };
    expect(await refusalOf(panel.api(other.cookie).live.follow.mutate({ streamId, topics: [] }))).toMatchObject({ code: 'noSuchStream' });
    await events.return();
  });

  it.each([[['everything']], [['cluster:']], [Array.from({ length: topicsMax + 1 }, () => 'overview')], [['service:a']]])('refuses the topics %j', async (topics) => {
    const { cookie } = await viewer(`v${Math.random()}`);
    const response = await fetch(`${panel.origin}/api/trpc/live.history?input=${query({ topic: topics[0], seconds: 901 })}`, { headers: { cookie } });
    expect(await response.text()).toContain('badInput');
    const stream = await fetch(`${panel.origin}/api/trpc/live.stream?input=${query({ topics })}`, { headers: { cookie } });
    expect(await stream.text()).toContain('badInput');
  });
});

describe('what costs much', () => {
  it('is done two at a time for one session, and refused when too many wait', async () => {
    const [own, other] = [await viewer('Vera'), await viewer('Olaf')];
    const gate = new EventEmitter();
    const opened = once(gate, 'open');
    const planned = vi.spyOn(panel.services.changes, 'plan').mockImplementation(async (clusterId) => {
      await opened;
      return { clusterId, revision: 1, directors: [], moves: [] };
    });
    const refused: string[] = [];
    const ask = async (cookie: string): Promise<void> => {
      const { code, status } = await refusalOf(panel.api(cookie).changes.plan.query({ clusterId: 'c' }));
      if (code !== 'allowed') refused.push(`${status} ${code}`);
    };
    const asked = Array.from({ length: 40 }, () => ask(own.cookie));
    try {
      await vi.waitFor(() => expect(refused).toEqual(Array.from({ length: 6 }, () => '429 tooManyRequests')), { timeout: 10_000 });
      expect(planned).toHaveBeenCalledTimes(2);
      const history = (cookie: string) => refusalOf(panel.api(cookie).live.history.query({ topic: 'overview', seconds: 60 }));
      expect(await history(own.cookie)).toEqual({ code: 'tooManyRequests', status: 429 });
      expect(await history(other.cookie)).toEqual({ code: 'allowed', status: 200 });
      gate.emit('open');
      await Promise.all(asked);
      expect(planned).toHaveBeenCalledTimes(34);
      expect(await history(own.cookie)).toEqual({ code: 'allowed', status: 200 });
    } finally {
      planned.mockRestore();
    }
  });
});
