// Drains on a real agent with the proxy driver: open connections that end or do not, a restart, a deadline, undoing.
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { drainOverrides } from '@weir/model';
import type { Drain, DrainState } from '@weir/model';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { enrolledAgent, makePanel, runAgent, temporaryFolder } from '../testing/bench.ts';
import type { Bench } from '../testing/bench.ts';
import { applied, cluster, ownAddress } from '../testing/cluster.ts';
import { faultOf } from '../testing/test-panel.ts';

// Several waits one after the other, on a busy host.
vi.setConfig({ testTimeout: 120_000 });

const patient = { timeout: 20_000, interval: 100 };
const target = { clusterId: 'web', serviceId: 'web', realServerId: 'rs-0' };

async function echoing(): Promise<string> {
  const address = ownAddress();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).pipe(socket);
  });
  await once(server.listen(8080, address), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return address;
}

interface Lab extends Bench {
  readonly dataFolder: string;
  readonly service: { readonly vip: string; readonly realServers: readonly string[] };
  /** An open connection through the director, with what it was answered. */
  readonly open: () => Promise<{ readonly socket: Socket; readonly ended: () => boolean; readonly say: (text: string) => Promise<string> }>;
}

type Client = Bench['client'];

async function lab(): Promise<Lab> {
  const dataFolder = await temporaryFolder();
  const vip = ownAddress();
  const bench = await enrolledAgent({ dataFolder });
  const realServers = [await echoing(), await echoing()];
  await applied(bench.client, { clusterId: 'web', revision: 1, definition: cluster({ vip, realServers, weights: [3, 2] }) });
  const open: Lab['open'] = async () => {
    const socket = connect(8080, vip);
    let ended = false;
    socket.on('error', () => undefined).on('close', () => { ended = true; });
    onTestFinished(() => { socket.destroy(); });
    await once(socket, 'connect');
    const say = async (text: string): Promise<string> => {
      const heard = once(socket, 'data');
      socket.write(text);
      return String((await heard)[0]);
    };
    await say('begin');
    return { socket, say, ended: () => ended };
  };
  return { ...bench, dataFolder, service: { vip, realServers }, open };
}

function drain(changes: Partial<Drain> = {}): Drain {
  return { id: 'd-1', targets: [target], author: 'ann', reason: 'reboot', startedAtMs: Date.now(), deadlineMs: null, atDeadline: 'wait', ...changes };
}

async function drainOf(client: Client): Promise<DrainState | undefined> {
  return (await client.state.query()).drains?.[0];
}

async function weights(client: Client): Promise<number[]> {
  const { actual } = await client.actual.query();
  return actual.services[0]?.realServers.map(({ settings }) => settings.weight) ?? [];
}

/** Which of those that were opened are with the first real server. */
async function activeOfFirst(client: Client): Promise<number | undefined> {
  const { actual } = await client.actual.query();
  return actual.services[0]?.realServers[0]?.connections.active;
}

describe('a drain', () => {
  it('waits for open connections, is done with evidence when they have ended, and gives the weight back when it is undone', async () => {
    const { client, open } = await lab();
    const connections = [await open(), await open(), await open(), await open()];
    const before = await activeOfFirst(client) ?? 0;
    expect(before).toBeGreaterThan(0);
    const state = await client.startDrain.mutate({ drain: drain() });
    expect(state).toMatchObject({ overrides: [{ id: 'd-1-0', cause: 'drain', author: 'ann' }], drains: [{ phase: 'draining', evidence: null }], drift: [] });
    expect(await weights(client)).toEqual([0, 2]);
    await expect.poll(() => drainOf(client), patient).toMatchObject({ phase: 'draining', estimate: { doneAtMs: expect.any(Number) as number } });
    const { estimate } = await drainOf(client) ?? {};
    expect((estimate?.doneAtMs ?? 0) - (estimate?.measuredAtMs ?? 0)).toBeGreaterThan(600_000);
    expect(await Promise.all(connections.map(({ say }) => say('still here')))).toEqual(connections.map(() => 'still here'));
    const later = await open();
    expect(await activeOfFirst(client)).toBe(before);
    for (const { socket } of connections) socket.end();
    await expect.poll(async () => (await drainOf(client))?.phase, patient).toBe('done');
    const done = await drainOf(client);
    const { weightZeroAtMs = 0, zeroSinceMs = 0, atMs = 0 } = done?.evidence ?? {};
    expect(done?.evidence).toMatchObject({ how: 'empty' });
    expect([weightZeroAtMs <= zeroSinceMs, zeroSinceMs < atMs]).toEqual([true, true]);
    expect(later.ended()).toBe(false);
    expect(await client.endDrain.mutate({ drainId: 'd-1' })).toMatchObject({ overrides: [], drains: [] });
    expect(await weights(client)).toEqual([3, 2]);
    expect(await client.endDrain.mutate({ drainId: 'd-1' })).toMatchObject({ drains: [] });
  });

  it('goes on after its agent was restarted, without a panel', async () => {
    const { agent, client, dataFolder, open } = await lab();
    await open();
    await open();
    const ordered = drain();
    await client.startDrain.mutate({ drain: ordered });
    expect((await client.startDrain.mutate({ drain: ordered })).drains).toHaveLength(1);
    expect((await drainOf(client))?.phase).toBe('draining');
    await agent.stop();
    // The proxy's connections end with it, so that nothing is left: nobody asks until it is done.
    const again = await runAgent({ dataFolder, port: agent.port });
    await expect.poll(async () => (await drainOf(client))?.phase, patient).toBe('done');
    expect(await weights(client)).toEqual([0, 2]);
    const { evidence } = await drainOf(client) ?? {};
    await again.stop();
    await runAgent({ dataFolder, port: agent.port });
    await expect.poll(() => drainOf(client), patient).toMatchObject({ phase: 'done', evidence });
  });

  it('takes the real server out at its deadline, where that is ordered, and says that it was removed', async () => {
    const { client, open } = await lab();
    const connections = [await open(), await open()];
    await client.startDrain.mutate({ drain: drain({ deadlineMs: Date.now() + 6_000, atDeadline: 'remove' }) });
    await expect.poll(async () => (await drainOf(client))?.phase, patient).toBe('done');
    expect((await drainOf(client))?.evidence?.how).toBe('removed');
    expect(await weights(client)).toEqual([2]);
    expect(connections.filter(({ ended }) => ended())).toHaveLength(1);
    await client.endDrain.mutate({ drainId: 'd-1' });
    expect((await weights(client)).toSorted((a, b) => a - b)).toEqual([2, 3]);
  });

  it('waits on beyond its deadline, where that is ordered', async () => {
    const { client, open } = await lab();
    const connections = [await open(), await open()];
    const deadlineMs = Date.now() + 6_000;
    await client.startDrain.mutate({ drain: drain({ deadlineMs }) });
    await expect.poll(() => Date.now(), patient).toBeGreaterThan(deadlineMs + 1_500);
    expect((await drainOf(client))?.phase).toBe('draining');
    expect(connections.some(({ ended }) => ended())).toBe(false);
  });

  it('is undone when somebody ends its override, and says so until the panel takes note', async () => {
    const { client } = await lab();
    await client.startDrain.mutate({ drain: drain() });
    await client.endOverride.mutate({ overrideId: 'd-1-0' });
    expect(await weights(client)).toEqual([3, 2]);
    await expect.poll(async () => (await drainOf(client))?.phase, patient).toBe('undone');
    expect((await client.endDrain.mutate({ drainId: 'd-1' })).drains).toEqual([]);
  });

  it('is undone when a revision takes its real server away', async () => {
    const { client, open } = await lab();
    await open();
    await open();
    await client.startDrain.mutate({ drain: drain() });
    await applied(client, { clusterId: 'web', revision: 2, definition: { ...cluster({ realServers: [ownAddress()], weights: [1] }), services: [] } });
    await expect.poll(async () => (await drainOf(client))?.phase, patient).toBe('undone');
  });

  it('goes on where a change that took its real server away goes back', async () => {
    const { client } = await lab();
    await client.startDrain.mutate({ drain: drain() });
    const none = { ...cluster({ realServers: [ownAddress()], weights: [1] }), services: [] };
    const { applyId, finishedAtMs } = await applied(client, { clusterId: 'web', revision: 2, definition: none }, { confirmWithinMs: 600_000 });
    // Some readings while it may still go back.
    await expect.poll(() => Date.now(), patient).toBeGreaterThan(finishedAtMs + 2_500);
    expect((await drainOf(client))?.phase).toBe('draining');
    await client.goBack.mutate({ applyId });
    await expect.poll(() => drainOf(client), patient).toMatchObject({ phase: 'done', evidence: { how: 'empty' } });
    expect((await weights(client)).toSorted((a, b) => a - b)).toEqual([0, 2]);
  });

  it('takes out at its deadline what a later revision left of it', async () => {
    const { client, open, service } = await lab();
    await open();
    await open();
    const deadlineMs = Date.now() + 6_000;
    await client.startDrain.mutate({ drain: drain({ targets: [{ ...target, realServerId: 'rs-1' }, target], deadlineMs, atDeadline: 'remove' }) });
    await applied(client, { clusterId: 'web', revision: 2, definition: cluster({ ...service, realServers: service.realServers.slice(0, 1), weights: [3] }) });
    await expect.poll(() => drainOf(client), patient).toMatchObject({ phase: 'done', evidence: { how: 'removed' } });
    expect(await weights(client)).toEqual([]);
  });

  it('that the disk refuses leaves the weight as it was', async () => {
    const { client, dataFolder } = await lab();
    await mkdir(join(dataFolder, 'drains.json', 'in-the-way'), { recursive: true });
    await expect(client.startDrain.mutate({ drain: drain() })).rejects.toBeInstanceOf(Error);
    expect(await client.state.query()).toMatchObject({ overrides: [], drains: [] });
    expect(await weights(client)).toEqual([3, 2]);
  });

  it('of which only overrides are left is ended like any other', async () => {
    const { client } = await lab();
    const [override] = drainOverrides(drain({ id: 'd-9' }), 'quiesce');
    if (override === undefined) throw new Error('none');
    await client.setOverride.mutate({ override });
    expect(await weights(client)).toEqual([0, 2]);
    expect((await client.endDrain.mutate({ drainId: 'd-9' })).overrides).toEqual([]);
    expect(await weights(client)).toEqual([3, 2]);
  });

  it.each<[string, Partial<Drain>, string, string]>([
    ['that is over already', { startedAtMs: 1, deadlineMs: 2 }, 'drain.deadlineMs', 'past'],
    ['of nothing this director holds', { targets: [target, { ...target, realServerId: 'rs-9' }] }, 'drain.targets', 'notFound'],
    ['whose deadline is before its start', { deadlineMs: 1 }, 'drain.deadlineMs', 'not after the start'],
    ['with a long id', { id: 'x'.repeat(57) }, 'drain.id', expect.any(String) as string],
  ])('%s is refused, and nothing is drained', async (_, changes, field, reason) => {
    const { client } = await lab();
    expect(await faultOf(client.startDrain.mutate({ drain: drain(changes) }))).toMatchObject({ code: 'badRequest', params: { field, reason } });
    expect(await client.state.query()).toMatchObject({ overrides: [], drains: [] });
    expect(await weights(client)).toEqual([3, 2]);
  });

  it('is nobody else\'s to order', async () => {
    const { agent } = await lab();
    const stranger = await makePanel();
    expect((await faultOf(stranger.client(agent.address).startDrain.mutate({ drain: drain() }))).code).toBe('wrongKey');
  });
});
