// What an agent does when it starts, and what it only says afterwards.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ForwarderError, ProxyForwarder } from '@weir/forwarder';
import { describe, expect, it, onTestFinished } from 'vitest';
import { enrolledAgent, runAgent, temporaryFolder } from '../testing/bench.ts';
import { applied, cluster, ownAddress } from '../testing/cluster.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { faultOf } from '../testing/test-panel.ts';

async function occupy(address: string, port: number): Promise<() => Promise<void>> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, address, resolve); });
  const release = (): Promise<void> => new Promise((resolve) => { server.close(() => resolve()); });
  onTestFinished(release);
  return release;
}

describe('at its start the agent', () => {
  it('forwards what it had accepted, without its panel', async () => {
    const dataFolder = await temporaryFolder();
    const { agent, panel, client } = await enrolledAgent({ dataFolder });
    await applied(client, { clusterId: 'web', revision: 4, definition: cluster({ weights: [3, 2] }) });
    const before = (await client.actual.query()).actual;
    await agent.stop();
    const again = await runAgent({ dataFolder });
    const other = panel.client(again.address);
    expect((await other.actual.query()).actual).toEqual(before);
    expect(await other.state.query()).toMatchObject({ accepted: [{ clusterId: 'web', revision: 4 }], drift: [] });
  });

  it('goes on forwarding after a reset, and lets the next panel take the cluster off', async () => {
    const dataFolder = await temporaryFolder();
    const { agent, panel, client } = await enrolledAgent({ dataFolder });
    const vip = ownAddress();
    await applied(client, { clusterId: 'web', revision: 1, definition: cluster({ vip }) });
    const code = await agent.code({ reset: true });
    await agent.stop();
    const again = await runAgent({ dataFolder });
    await panel.enrol(code.replace(/.*/, await again.code()), 'another-name');
    const next = panel.client(again.address);
    expect(await next.state.query()).toMatchObject({ accepted: [{ clusterId: 'web' }], drift: [] });
    expect((await next.actual.query()).actual.services).toHaveLength(1);
    expect(await applied(next, { clusterId: 'web', revision: 1, definition: null })).toMatchObject({ outcome: { kind: 'applied' } });
    expect((await next.actual.query()).actual.services).toEqual([]);
  });

  it('tries again what the forwarder refused, until it does it', async () => {
    const dataFolder = await temporaryFolder();
    const vip = ownAddress();
    const first = await enrolledAgent({ dataFolder });
    await applied(first.client, { clusterId: 'web', revision: 1, definition: cluster({ vip }) });
    await first.agent.stop();
    const release = await occupy(vip, 8080);
    const { address } = await runAgent({ dataFolder });
    const client = first.panel.client(address);
    expect((await client.state.query()).drift.map(({ kind }) => kind)).toEqual(['addService', 'addRealServer', 'addRealServer']);
    await release();
    await expect.poll(async () => (await client.state.query()).drift, { timeout: 15_000 }).toEqual([]);
  });

  it('waits for a forwarder that does not answer yet', async () => {
    const dataFolder = await temporaryFolder();
    const first = await enrolledAgent({ dataFolder });
    await applied(first.client, { clusterId: 'web', revision: 1, definition: cluster() });
    await first.agent.stop();
    let failures = 2;
    const again = await runAgent({ dataFolder, troubles: { call: (name) => {
      if (name !== 'read' || failures === 0) return null;
      failures -= 1;
      return new ForwarderError('read', 'not ready');
    } } });
    expect((await first.panel.client(again.address).state.query()).drift).toEqual([]);
  });

  it('reports a change in whose middle it had ended, and finishes it', async () => {
    const dataFolder = await temporaryFolder();
    const first = await enrolledAgent({ dataFolder });
    await applied(first.client, { clusterId: 'web', revision: 1, definition: cluster({ weights: [1] }) });
    await first.agent.stop();
    const accepted = JSON.parse(await readFile(join(dataFolder, 'accepted.json'), 'utf8'));
    accepted.clusters[0].revision = 2;
    await writeFile(join(dataFolder, 'accepted.json'), JSON.stringify(accepted));
    await writeFile(join(dataFolder, 'applying.json'), JSON.stringify({
      format: 1, applyId: 'cut-off', clusterId: 'web', revision: 2, startedAtMs: 1_800_000_000_000,
    }));
    const again = await runAgent({ dataFolder });
    expect(await first.panel.client(again.address).applyStatus.query({ applyId: 'cut-off' })).toMatchObject({
      kind: 'report', report: { revision: 2, accepted: 2, outcome: { kind: 'finishedAtRestart', remaining: [] }, steps: [] },
    });
    expect(await readdir(dataFolder)).not.toContain('applying.json');
  });

  it.each<[string, number | null]>([['put on', 1_800_000_000_001], ['took off', null]])('says of a change that %s a cluster, and in which it ended before it had accepted, that it was never begun', async (_, acceptedAtMs) => {
    const dataFolder = await temporaryFolder();
    const first = await enrolledAgent({ dataFolder });
    await applied(first.client, { clusterId: 'web', revision: 1, definition: cluster({ weights: [1] }) });
    await first.agent.stop();
    await writeFile(join(dataFolder, 'applying.json'), JSON.stringify({
      format: 1, applyId: 'cut-off', clusterId: 'web', revision: 2, startedAtMs: 1_800_000_000_000, accepting: { acceptedAtMs },
    }));
    const again = await runAgent({ dataFolder });
    const client = first.panel.client(again.address);
    expect(await client.applyStatus.query({ applyId: 'cut-off' })).toMatchObject({
      kind: 'report', report: { revision: 2, accepted: 1, outcome: { kind: 'neverBegun' }, steps: [] },
    });
    expect((await client.state.query()).accepted).toMatchObject([{ clusterId: 'web', revision: 1 }]);
    expect(await readdir(dataFolder)).not.toContain('applying.json');
  });
});

describe('a damaged file', () => {
  it.each([
    ['accepted.json', 'not JSON at all'],
    ['accepted.json', '{"format":1,"clusters":[{"clusterId":"web"}]}'],
    ['accepted.json', ''],
    ['overrides.json', '{"format":2,"overrides":[]}'],
    ['health.json', '{"format":1,"services":[]}'],
    ['panel.json', '[]'],
    ['applying.json', 'null'],
    ['key.pem', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
  ])('%s is an error that names it, and stays as it is (%s)', async (name, text) => {
    const dataFolder = await temporaryFolder();
    const { agent } = await enrolledAgent({ dataFolder });
    await agent.stop();
    const path = join(dataFolder, name);
    await writeFile(path, text);
    await expect(runAgent({ dataFolder })).rejects.toThrow(`Cannot read ${path}: the file is damaged`);
    expect(await readFile(path, 'utf8')).toBe(text);
  });
});

describe('afterwards', () => {
  it('drift after a flush is counted in full and named in part', async () => {
    const proxy = new ProxyForwarder({ closeDeadlineMs: 500 });
    const { client } = await enrolledAgent({ openForwarder: () => Promise.resolve(proxy) });
    const realServers = Array.from({ length: 150 }, (_, i) => `127.0.9.${1 + i}`);
    await applied(client, { clusterId: 'web', revision: 1, definition: cluster({ realServers, weights: realServers.map(() => 1) }) });
    const { actual } = await client.actual.query();
    await proxy.apply(actual.services.map((removed) => ({ kind: 'removeService', service: removed.address, removed })), { onFailure: 'goOn' });
    const { drift, driftCount } = await client.state.query();
    expect([drift.length, driftCount]).toEqual([100, 151]);
    expect(drift[0]?.kind).toBe('addService');
  });

  it('drift is reported with the time it began, and left to a person', async () => {
    const clock = new ManualClock(1_800_000_000_000);
    const proxy = new ProxyForwarder({ closeDeadlineMs: 500 });
    const { agent, panel, client } = await enrolledAgent({ clock, openForwarder: () => Promise.resolve(proxy) });
    const vip = ownAddress();
    const definition = cluster({ vip, weights: [1] });
    await applied(client, { clusterId: 'web', revision: 1, definition });
    const stream = panel.stream(agent.address);
    await expect.poll(() => stream.events.filter(({ kind }) => kind === 'state').length).toBe(1);
    clock.advance(1_500);
    const [service] = (await client.actual.query()).actual.services;
    const [realServer] = service?.realServers ?? [];
    if (service === undefined || realServer === undefined) throw new Error('nothing is forwarded');
    const { endpoint, settings } = realServer;
    await proxy.apply([{
      kind: 'setRealServer', service: service.address, endpoint, before: settings, after: { ...settings, weight: 0 },
    }], { onFailure: 'goOn' });
    clock.advance(1_500);
    await expect.poll(() => stream.events.filter(({ kind }) => kind === 'state')).toHaveLength(2);
    clock.advance(60_000);
    const state = await client.state.query();
    expect(state).toMatchObject({ drift: [{ kind: 'setRealServer' }], driftSinceMs: 1_800_000_003_000, readAtMs: 1_800_000_063_000 });
  });

  it('a forwarder that hangs leaves the last state, with the time it was read', async () => {
    const clock = new ManualClock(1_800_000_000_000);
    let hangs = false;
    const { client } = await enrolledAgent({
      clock, deadlines: { readMs: 200, applyMs: 1_000 }, troubles: { call: (name) => (hangs && name === 'read' ? 'hang' : null) },
    });
    expect((await client.state.query()).readAtMs).toBe(1_800_000_000_000);
    hangs = true;
    clock.advance(500);
    expect((await client.state.query()).readAtMs).toBe(1_800_000_000_000);
    expect(await faultOf(client.actual.query())).toMatchObject({ code: 'forwarderFailed', params: { operation: 'read' } });
    const faults = await Promise.all(Array.from({ length: 20 }, () => faultOf(client.actual.query())));
    expect(faults.some(({ params }) => String(params.reason).includes('still owes'))).toBe(true);
  });
});
