// Directors that say more than they should: what is above a few ticks a second is not read, and nobody else waits for it.
import type { ServerResponse } from 'node:http';
import { encodeTick } from '@weir/protocol';
import type { PackedSample } from '@weir/protocol';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { ann, longDeadlines, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { linkIs, longWait } from '../testing/directors.ts';
import { startFalseAgent } from '../testing/agents/false-agent.ts';
import type { FalseAgent } from '../testing/agents/false-agent.ts';

let server: TestServer;
let plane: TestPlane;
const agents: FalseAgent[] = [];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase(), { deadlines: longDeadlines });
});
afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.stop();
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});

const tickText = (sequence: number): string => `id: ${sequence}\ndata: ${JSON.stringify(encodeTick('boot', sequence, { measuredAtMs: sequence, services: [] }))}\n\n`;

async function director(name: string, onStream: (response: ServerResponse) => void): Promise<string> {
  const agent = await startFalseAgent({
    stream: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: connected\ndata: {}\n\n');
      onStream(response);
    },
  });
  agents.push(agent);
  const { directorId } = await plane.gateway.enrol(ann, { code: agent.code, name });
  await linkIs(plane, directorId, 'connected');
  return directorId;
}

it('of many ticks at once a few are read, the director stays connected, and the next one counts again', async () => {
  const heard: PackedSample[] = [];
  plane.gateway.onSample((_, __, sample) => void heard.push(sample));
  let stream: ServerResponse | null = null;
  const many = 50;
  const directorId = await director('brisk', (response) => {
    stream = response;
    for (let sequence = 1; sequence <= many; sequence += 1) response.write(tickText(sequence));
  });
  let sequence = many;
  await vi.waitFor(() => {
    sequence += 1;
    stream?.write(tickText(sequence));
    expect(heard.at(-1)?.measuredAtMs).toBeGreaterThan(many);
  }, { ...longWait, interval: 500 });
  expect(heard.length).toBeLessThan(many);
  expect(plane.gateway.director(directorId)?.link.state).toBe('connected');
});

it('while one floods and is cut off, another is heard each second', async () => {
  const heard = new Map<string, number>();
  plane.gateway.onSample((id) => void heard.set(id, (heard.get(id) ?? 0) + 1));
  const steady = await director('steady', (response) => {
    let sequence = 0;
    const timer = setInterval(() => response.write(tickText(sequence += 1)), 1_000);
    response.once('close', () => clearInterval(timer));
  });
  let most = 0;
  const flooding = await director('flooding', (response) => {
    const timer = setInterval(() => { for (let sequence = 1; sequence <= most; sequence += 1) response.write(tickText(sequence)); }, 10);
    response.once('close', () => clearInterval(timer));
  });
  most = 500;
  await linkIs(plane, flooding, 'silent');
  const before = heard.get(steady) ?? 0;
  await vi.waitFor(() => expect(heard.get(steady)).toBeGreaterThan(before + 2), longWait);
  await linkIs(plane, steady, 'connected');
});
