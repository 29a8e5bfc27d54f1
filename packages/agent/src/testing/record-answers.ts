// Records what an agent of this version answers, word for word, as fixtures for the versions after it: `tsx record-answers.ts FOLDER`.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProxyForwarder } from '@weir/forwarder';
import type { ClusterDefinition, Override } from '@weir/model';
import { parseEnrolmentCode, PROTOCOL_VERSION } from '@weir/protocol';
import type { StreamEvent } from '@weir/protocol';
import { fetch } from 'undici';
import type { ClusterOptions } from './cluster.ts';
import { cluster as plainCluster } from './cluster.ts';
import { dataOf, health, recordDrain, recordHistory, recordRelease, recordTraffic } from './record-version-3.ts';
import type { Ask, Asks, Body } from './record-version-3.ts';
import { startTestAgent } from './test-agent.ts';
import type { TestAgent } from './test-agent.ts';
import { DIRECTOR, TestPanel } from './test-panel.ts';

const clusterId = 'cluster-1';
const vip = '127.0.8.200';
const port = 8080;
const realServers = ['127.0.8.20', '127.0.8.30', '127.0.8.40'];
const client = '127.0.0.1';
const deadlineMs = 30_000;

function cluster(options: ClusterOptions): ClusterDefinition {
  const definition = plainCluster(options);
  return { ...definition, services: definition.services.map((service) => ({ ...service, health })) };
}

function asker(panel: TestPanel, address: string, method: 'GET' | 'POST'): Ask {
  return async (procedure, input) => {
    const json = JSON.stringify(input ?? null);
    const query = method === 'GET' && input !== undefined ? `?input=${encodeURIComponent(json)}` : '';
    const answer = await fetch(`https://${address}/${procedure}${query}`, {
      method, dispatcher: panel.dispatcher, ...(method === 'POST' && { body: json, headers: { 'content-type': 'application/json' } }),
    });
    return answer.json();
  };
}

async function until(done: () => boolean): Promise<void> {
  const endsAt = Date.now() + deadlineMs;
  while (!done()) {
    if (Date.now() > endsAt) throw new Error('nothing came');
    await new Promise((next) => { setTimeout(next, 50); });
  }
}

async function serveEcho(host: string): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(port, host);
  await once(server, 'listening');
  return server;
}

async function connection(): Promise<() => void> {
  const socket = connect({ port, host: vip, localAddress: client }).on('error', () => undefined);
  socket.write('a request');
  await once(socket, 'data');
  return () => socket.destroy();
}

interface Bench extends Asks {
  readonly agent: TestAgent;
  readonly forwarder: ProxyForwarder;
  readonly panel: TestPanel;
}

async function record(): Promise<Body> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'weir-record-'));
  const forwarder = new ProxyForwarder({ closeDeadlineMs: 500 });
  const agent = await startTestAgent({ dataFolder, openForwarder: () => Promise.resolve(forwarder) });
  const [panel, stranger] = [await TestPanel.make(), await TestPanel.make()];
  const servers = await Promise.all(realServers.map(serveEcho));
  const bench: Bench = { agent, forwarder, panel, get: asker(panel, agent.address, 'GET'), post: asker(panel, agent.address, 'POST') };
  try {
    const enrolment = await enrolled(bench);
    const answers = await recordCluster(bench);
    const wrongKey = await asker(stranger, agent.address, 'GET')('hello');
    const { release, refusals } = await recordRelease(bench);
    return { ...answers, enrol: enrolment.enrol, release, refusals: { ...enrolment.refusals, ...answers.refusals, ...refusals, wrongKey } };
  } finally {
    await Promise.all([panel.close(), stranger.close()]);
    await agent.stop();
    servers.forEach((server) => server.close());
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function enrolled({ agent, get, post }: Bench): Promise<{ readonly enrol: unknown; readonly refusals: Body }> {
  const secret = parseEnrolmentCode(await agent.code())?.secret;
  const input = { version: PROTOCOL_VERSION, secret, directorId: DIRECTOR, panelName: 'panel' };
  const refusals = {
    notEnrolled: await get('hello'),
    versionMismatch: await post('enrol', { ...input, version: 99 }),
    wrongSecret: await post('enrol', { ...input, secret: '00'.repeat(16) }),
  };
  return { enrol: await post('enrol', input), refusals };
}

/** A cluster that is applied, has an override and traffic, and drifts. */
async function recordCluster(bench: Bench) {
  const { agent, forwarder, panel, get, post } = bench;
  const { events } = panel.stream(agent.address);
  const first = { clusterId, revision: 1, definition: cluster({ vip, port, realServers, weights: [1, 2, 3] }) };
  const { digest } = dataOf(await post('plan', first));
  const order = { ...first, applyId: randomUUID(), replaces: null, digest, onFailure: 'rollBack' };
  const applyRefused = await post('applyChange', { ...order, digest: '0'.repeat(64) });
  const apply = await post('applyChange', order);
  const setOverride = await post('setOverride', { override: override() });
  const ends = [await connection(), await connection(), await connection()];
  ends[0]?.();
  await until(() => ticksOf(events).length > 2);
  await disturb(forwarder);
  const state = await get('state');
  await until(() => events.some((event) => event.kind === 'state' && event.state.driftCount > 0));
  const second = { clusterId, revision: 2, definition: cluster({ vip, port, realServers, weights: [5, 2] }) };
  const answers = {
    hello: await get('hello'), state, actual: await get('actual'), inspect: await get('inspect'), plan: await post('plan', second), apply, applyRefused, setOverride,
    applyStatus: await get('applyStatus', { applyId: order.applyId }), applyStatusUnknown: await get('applyStatus', { applyId: 'unknown' }),
    connections: await get('connections', { limit: 10 }), ...await recordTraffic(bench, client),
    refusals: {
      badRequest: await post('plan', { clusterId, revision: 0, definition: null }),
      claimed: await post('plan', { ...second, clusterId: 'cluster-2' }),
    },
  };
  const unconfirmed = await recordUnconfirmed(bench);
  const drained = await recordDrain(bench);
  const history = await recordHistory(bench, deadlineMs);
  ends.forEach((end) => end());
  const stream = [...events.filter(({ kind }) => kind !== 'tick'), ...ticksOf(events).slice(0, 3)];
  return { ...answers, ...unconfirmed, ...drained, ...history, refusals: { ...answers.refusals, ...unconfirmed.refusals }, stream };
}

/** A change that waits to be confirmed, and is. */
async function recordUnconfirmed({ get, post }: Bench) {
  const third = { clusterId, revision: 3, definition: cluster({ vip, port, realServers, weights: [5, 2] }) };
  const { digest, replaces } = dataOf(await post('plan', third));
  const order = { ...third, applyId: randomUUID(), replaces, digest, onFailure: 'goOn', confirmWithinMs: 3_600_000 };
  await post('applyChange', order);
  const { applyId } = order;
  return {
    applyStatusUnconfirmed: await get('applyStatus', { applyId }), stateUnconfirmed: await get('state'),
    refusals: { unconfirmed: await post('applyChange', { ...order, applyId: randomUUID() }) }, confirm: await post('confirm', { applyId }),
  };
}

function override(): Override {
  const nowMs = Date.now();
  return {
    id: randomUUID(), target: { clusterId, serviceId: 'web', realServerId: 'rs-1' }, cause: 'manual', effect: { kind: 'weight', weight: 0 },
    author: 'Ann', reason: 'disk full', startsAtMs: nowMs, endsAtMs: nowMs + 86_400_000,
  };
}

function ticksOf(events: readonly StreamEvent[]): StreamEvent[] {
  return events.filter(({ kind }) => kind === 'tick');
}

/** As somebody does who changes a weight behind the agent's back. */
async function disturb(forwarder: ProxyForwarder): Promise<void> {
  const service = { kind: 'address', protocol: 'tcp', vip, port } as const;
  const { services } = await forwarder.read();
  const realServer = services[0]?.realServers[2];
  if (realServer === undefined) throw new Error('nothing is forwarded');
  const { endpoint, settings: before } = realServer;
  await forwarder.apply([{ kind: 'setRealServer', service, endpoint, before, after: { ...before, weight: 9 } }], { onFailure: 'goOn' });
}

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('where to? tsx record-answers.ts FOLDER');
const target = resolve(folder);
await mkdir(target, { recursive: true });
for (const [name, body] of Object.entries(await record())) {
  await writeFile(join(target, `${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}.json`), `${JSON.stringify(body, null, 1)}\n`);
}
