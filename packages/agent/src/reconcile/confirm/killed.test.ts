// weir-agent as its own process, killed while a change waits to be confirmed and while it is taken back.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Confirmation } from '@weir/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleAgent, freePort, runProcess } from '../../testing/agent-process.ts';
import type { AgentProcess } from '../../testing/agent-process.ts';
import { makePanel, temporaryFolder } from '../../testing/bench.ts';
import { applied, cluster, ownAddress } from '../../testing/cluster.ts';
import type { TestPanel } from '../../testing/test-panel.ts';

type Client = ReturnType<TestPanel['client']>;

const longWait = { timeout: 30_000 };
const hourMs = 3_600_000;
let bundles = '';

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'weir-agent-bundle-'));
  await bundleAgent(join(bundles, 'weir-agent.mjs'));
});

afterAll(() => rm(bundles, { recursive: true, force: true }));

interface Host {
  readonly dataFolder: string;
  readonly client: Client;
  readonly applyId: string;
  readonly agent: AgentProcess;
  start(): Promise<AgentProcess>;
}

/** Revision 1 stands with a weight of 1; revision 2, with a weight of 5, waits. */
async function waitingHost(confirmWithinMs: number): Promise<Host> {
  const dataFolder = join(await temporaryFolder(), 'data');
  const address = `127.0.0.1:${await freePort()}`;
  const bundle = join(bundles, 'weir-agent.mjs');
  const start = async (): Promise<AgentProcess> => {
    const agent = runProcess(bundle, ['run', '--driver', 'proxy', '--data', dataFolder, '--listen', address]);
    await expect.poll(() => agent.out() + agent.err(), longWait).toContain('the agent runs');
    return agent;
  };
  const agent = await start();
  const panel = await makePanel();
  await panel.enrol((await runProcess(bundle, ['enrol', '--data', dataFolder, '--address', address]).ended).out.trim());
  const client = panel.client(address);
  const vip = ownAddress();
  await applied(client, { clusterId: 'web', revision: 1, definition: cluster({ vip, weights: [1] }) });
  const { applyId } = await applied(client, { clusterId: 'web', revision: 2, definition: cluster({ vip, weights: [5] }) }, { confirmWithinMs });
  return { dataFolder, client, applyId, agent, start };
}

async function killed(agent: AgentProcess): Promise<void> {
  agent.kill('SIGKILL');
  await agent.ended;
}

async function confirmationOf({ client, applyId }: Host): Promise<Confirmation | null> {
  const status = await client.applyStatus.query({ applyId });
  return status.kind === 'report' ? status.confirmation : null;
}

async function weights({ client }: Host): Promise<number[]> {
  const { actual } = await client.actual.query();
  return actual.services.flatMap(({ realServers }) => realServers.map(({ settings }) => settings.weight));
}

/** As if the agent had been away for so long. */
async function aged({ dataFolder }: Host, ms: number): Promise<void> {
  const path = join(dataFolder, 'confirmations.json');
  const state = JSON.parse(await readFile(path, 'utf8')) as { waiting: { deadlineMs: number }[] };
  for (const change of state.waiting) change.deadlineMs -= ms;
  await writeFile(path, JSON.stringify(state));
}

describe('killed while a change waits to be confirmed, weir-agent', { timeout: 90_000 }, () => {
  it('waits on after its restart, and is confirmed', async () => {
    const host = await waitingHost(hourMs);
    await killed(host.agent);
    await host.start();
    await expect.poll(() => weights(host), longWait).toEqual([5]);
    expect(await host.client.state.query()).toMatchObject({ accepted: [{ revision: 2 }], unconfirmed: [{ applyId: host.applyId, base: 1 }] });
    expect(await host.client.confirm.mutate({ applyId: host.applyId })).toMatchObject({ confirmation: { kind: 'confirmed' } });
  });

  it('has gone back when it runs again after the deadline, without a panel', async () => {
    const host = await waitingHost(hourMs);
    await killed(host.agent);
    await aged(host, hourMs);
    await host.start();
    await expect.poll(() => weights(host), longWait).toEqual([1]);
    await expect.poll(() => confirmationOf(host), longWait).toMatchObject({ kind: 'wentBack', why: 'notConfirmed', base: 1, remainingCount: 0 });
    expect(await host.client.state.query()).toMatchObject({ accepted: [{ revision: 1 }], drift: [], unconfirmed: [] });
  });

  it('goes back after what was left of its time, by its own clock', async () => {
    const host = await waitingHost(hourMs);
    await killed(host.agent);
    await aged(host, hourMs - 1_000);
    await host.start();
    await expect.poll(() => confirmationOf(host), longWait).toMatchObject({ kind: 'wentBack', why: 'notConfirmed' });
    expect(await weights(host)).toEqual([1]);
  });

  it('keeps the word that it gave', async () => {
    const host = await waitingHost(hourMs);
    await host.client.confirm.mutate({ applyId: host.applyId });
    await killed(host.agent);
    await host.start();
    await expect.poll(() => weights(host), longWait).toEqual([5]);
    expect(await confirmationOf(host)).toMatchObject({ kind: 'confirmed' });
  });

  it('at whatever moment of going back: is back in the end, and says so', async () => {
    const host = await waitingHost(hourMs);
    let { agent } = host;
    for (const delayMs of [0, 3, 6, 12, 25, 50]) {
      const word = host.client.goBack.mutate({ applyId: host.applyId }).catch(() => null);
      await new Promise((resolve) => { setTimeout(resolve, delayMs); });
      await killed(agent);
      await word;
      agent = await host.start();
      await expect.poll(() => confirmationOf(host), longWait).not.toMatchObject({ goingBack: true });
      const found = await confirmationOf(host);
      expect(['wentBack', 'waiting']).toContain(found?.kind);
      await expect.poll(() => weights(host), longWait).toEqual(found?.kind === 'wentBack' ? [1] : [5]);
    }
    expect(await host.client.goBack.mutate({ applyId: host.applyId })).toMatchObject({ confirmation: { kind: 'wentBack', why: 'ordered', remainingCount: 0 } });
    expect(await weights(host)).toEqual([1]);
  });
});
