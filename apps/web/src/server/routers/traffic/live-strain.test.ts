// Streams under strain: a browser that does not read, one that is put out, and a thousand that come and go.
import { once } from 'node:events';
import { get, ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { LiveTick, serviceTopic } from '../../../live/topic.ts';
import type { Topic } from '../../../live/topic.ts';
import { ann } from '../../testing/control-plane.ts';
import { longWait, webCluster } from '../../testing/directors.ts';
import { startFalseAgent } from '../../testing/agents/false-agent.ts';
import type { FalseAgent } from '../../testing/agents/false-agent.ts';
import { openTestPanel } from '../../testing/panel.ts';
import type { TestPanel } from '../../testing/panel.ts';

let panel: TestPanel;
let agent: FalseAgent;
let topics: Topic[];

const realServers = Array.from({ length: 1_000 }, (_, index) => ({ address: `127.9.${Math.floor(index / 250)}.${1 + (index % 250)}`, port: 80 }));

beforeAll(async () => {
  panel = await openTestPanel();
  agent = await startFalseAgent();
  const { directorId } = await panel.services.gateway.enrol(ann, { code: agent.code, name: 'director' });
  topics = [];
  for (let made = 0; made < 6; made += 1) {
    const { clusterId } = await panel.services.clusters.create(ann, { definition: webCluster({ directorIds: [directorId], realServers }), reason: '' });
    topics.push(serviceTopic(clusterId, 'web'));
  }
});
afterAll(async () => {
  await panel.close();
  await agent.stop();
});

const pathTo = (followed: readonly Topic[]): string => `/api/trpc/live.stream?input=${encodeURIComponent(JSON.stringify({ json: { topics: followed } }))}`;

async function viewer(name: string): Promise<string> {
  return panel.signIn((await panel.person(name, 'viewer')).email);
}

function ask(cookie: string, followed: readonly Topic[]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${panel.origin}${pathTo(followed)}`, { agent: false, headers: { cookie } }, (response) => {
      if (response.statusCode === 200) resolve(response);
      else reject(new Error(`answered with ${response.statusCode}`));
    }).on('error', reject);
  });
}

/** The topic and the time of each tick. */
async function* ticksOf(stream: IncomingMessage): AsyncGenerator<{ readonly topic: Topic; readonly atMs: number }, void, void> {
  let text = '';
  for await (const piece of stream.setEncoding('utf8') as AsyncIterable<string>) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      const { json } = JSON.parse(data === undefined || data === '' ? '{}' : data) as { json?: unknown };
      if (typeof json === 'string') yield LiveTick.parse(JSON.parse(json));
    }
  }
}

/** The answers to those that ask for a stream, as the panel's server has them. */
function watchWrites(): { bytesOf: () => number; waiting: () => number; stop: () => void } {
  const write = vi.spyOn(ServerResponse.prototype, 'write');
  const toStreams = () => write.mock.contexts.flatMap((context, index) => {
    const response = context as ServerResponse;
    return response.req.url?.includes('live.stream') === true ? [{ response, bytes: Buffer.byteLength(write.mock.calls[index]?.[0] as Uint8Array) }] : [];
  });
  return {
    bytesOf: () => toStreams().reduce((sum, { bytes }) => sum + bytes, 0),
    waiting: () => Math.max(0, ...toStreams().map(({ response }) => response.writableLength)),
    stop: () => write.mockRestore(),
  };
}

/** Waits until the panel writes nothing more to it. */
async function stalled(bytes: () => number): Promise<number> {
  let before = -1;
  await vi.waitFor(() => {
    const [earlier, now] = [before, bytes()];
    before = now;
    expect(now).toBeGreaterThan(0);
    expect(now).toBe(earlier);
  }, { timeout: 30_000, interval: 2_500 });
  return before;
}

it('a browser that does not read is owed one tick of each topic, and goes on with the newest', async () => {
  const writes = watchWrites();
  const stream = await ask(await viewer('Idle'), topics);
  try {
    const bytes = await stalled(writes.bytesOf);
    const untilMs = Date.now() + 3_000;
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(untilMs), longWait);
    expect(writes.bytesOf()).toBe(bytes);
    expect(writes.waiting()).toBeLessThan(2_000_000);
    const last = new Map<Topic, number>();
    const skipped = new Set<Topic>();
    for await (const { topic, atMs } of ticksOf(stream)) {
      if (atMs - (last.get(topic) ?? atMs) > 3_000) skipped.add(topic);
      last.set(topic, atMs);
      if (topics.every((each) => (last.get(each) ?? 0) > untilMs)) break;
    }
    expect([...skipped].toSorted()).toEqual(topics.toSorted());
  } finally {
    stream.destroy();
    writes.stop();
  }
}, 60_000);

it('a browser that does not read is put out with its session', async () => {
  const cookie = await viewer('Stuck');
  const writes = watchWrites();
  const stream = await ask(cookie, topics);
  try {
    await stalled(writes.bytesOf);
    const [session] = await panel.api(cookie).session.list.query();
    const closed = new Promise((resolve) => { stream.once('close', resolve); });
    await panel.api(cookie).session.revoke.mutate({ id: session?.id ?? '' });
    const written = writes.bytesOf();
    stream.on('error', () => undefined).resume();
    await closed;
    expect(writes.bytesOf()).toBe(written);
  } finally {
    stream.destroy();
    writes.stop();
  }
}, 60_000);

async function comeAndGo(cookie: string): Promise<void> {
  const stream = await ask(cookie, ['overview']);
  await once(stream, 'data');
  const closed = once(stream, 'close');
  stream.destroy();
  await closed;
}

async function comeAndGoTimes(times: number, cookie: string): Promise<void> {
  for (let done = 0; done < times; done += 20) await Promise.all(Array.from({ length: 20 }, () => comeAndGo(cookie)));
}

const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

it('a thousand that come and go leave nothing behind', async () => {
  const cookie = await viewer('Hasty');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await comeAndGoTimes(200, cookie);
  const before = { sockets: sockets(), heap: (collect(), process.memoryUsage().heapUsed) };
  await comeAndGoTimes(1_000, cookie);
  await vi.waitFor(() => expect(sockets()).toBeLessThanOrEqual(before.sockets + 5), longWait);
  await vi.waitFor(() => {
    collect();
    // Less than what one stream holds, for each of them.
    expect(process.memoryUsage().heapUsed - before.heap).toBeLessThan(1_000 * 2_000);
  }, longWait);
  // As many as one person may have are free again.
  await Promise.all(Array.from({ length: 32 }, () => comeAndGo(cookie)));
}, 120_000);
