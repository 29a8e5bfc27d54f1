// Agents that send without saying anything: what never becomes an event, or not even a connection, ends by a deadline.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answersOf, PROTOCOL_VERSION } from '@weir/protocol';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDataFolder } from '../../data-folder.ts';
import type { PanelError } from '../../errors.ts';
import { startFalseAgent } from '../../testing/agents/false-agent.ts';
import { longWait } from '../../testing/directors.ts';
import { openPanelKey } from '../panel-key.ts';
import type { PanelKey } from '../panel-key.ts';
import { openAgentStream } from './agent-stream.ts';
import { usualStreamBounds } from './bounded-events.ts';

let panelKey: PanelKey;
const deadlines = { connectMs: 10_000, askMs: 5_000, planMs: 5_000, applyMs: 5_000, silenceMs: 2_000 };
const dripMs = 50;

beforeAll(async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'weir-stream-'));
  panelKey = await openPanelKey(await openDataFolder(dir), new Date());
  await rm(dir, { recursive: true });
});

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

/** How the stream of the agent at this place ended, and how many signs of life there were. */
async function ended(place: { readonly address: string; readonly keyHash: string }, connectMs = deadlines.connectMs): Promise<{ error: PanelError; signs: number }> {
  const schema = answersOf(PROTOCOL_VERSION)?.event;
  if (schema === undefined) throw new Error('a version of its own');
  let error: PanelError | null = null;
  let signs = 0;
  openAgentStream({
    place: { name: 'lvs-1', ...place }, panelKey, deadlines: { ...deadlines, connectMs }, bounds: usualStreamBounds, schema,
    onSign: () => { signs += 1; }, onTick: () => undefined, onEvent: () => undefined, onEnd: (reason) => { error = reason; },
  });
  return vi.waitFor(() => {
    if (error === null) throw new Error('it goes on');
    return { error, signs };
  }, longWait);
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: connected\ndata: {}\n\n');
  const timer = setInterval(() => response.write('x'), dripMs);
  response.once('close', () => clearInterval(timer));
}

it('one that sends a byte now and then, and never a whole event, is silent', async () => {
  const agent = await startFalseAgent({ stream: drip });
  ends.push(agent.stop);
  const { error, signs } = await ended(agent);
  expect(error).toMatchObject({ code: 'directorSilent', params: { why: 'nothing whole came' } });
  expect(signs).toBe(1);
});

it('one whose ticks are written otherwise, so that they would not be counted, is cut off', async () => {
  const agent = await startFalseAgent({
    stream: (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: connected\ndata: {}\n\ndata: {"bootId":"boot","kind":"tick","sequence":1,"measuredAtMs":1,"services":[]}\n\n'),
  });
  ends.push(agent.stop);
  expect((await ended(agent)).error).toMatchObject({ code: 'directorAnswer', params: { what: 'a tick that does not begin as one' } });
});

it('one that takes the connection and never ends its handshake is silent', async () => {
  const server = createServer((socket) => void ends.push(() => socket.destroy())).listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  ends.push(() => server.close());
  const { error, signs } = await ended({ address: `127.0.0.1:${(server.address() as AddressInfo).port}`, keyHash: '0'.repeat(64) }, 300);
  expect([error.code, signs]).toEqual(['directorSilent', 0]);
});
