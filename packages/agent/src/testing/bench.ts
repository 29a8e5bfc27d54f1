// A data folder, its agent and its panel, cleaned up after each test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TRPCClient } from '@trpc/client';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import { FaultyForwarder } from '@weir/forwarder/faulty';
import type { Troubles } from '@weir/forwarder/faulty';
import { onTestFinished } from 'vitest';
import type { AgentRouter } from '../router.ts';
import { startTestAgent } from './test-agent.ts';
import type { TestAgent, TestAgentOptions } from './test-agent.ts';
import { TestPanel } from './test-panel.ts';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-agent-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export type BenchOptions = Partial<TestAgentOptions> & { readonly troubles?: Troubles };

/** Started in a new folder unless one is given; stopped when the test ends. */
export async function runAgent({ troubles = {}, ...options }: BenchOptions = {}): Promise<TestAgent> {
  const dataFolder = options.dataFolder ?? await temporaryFolder();
  const openForwarder = (): Promise<Forwarder> => Promise.resolve(new FaultyForwarder(new ProxyForwarder({ closeDeadlineMs: 500 }), troubles));
  const agent = await startTestAgent({ openForwarder, ...options, dataFolder });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => stopped ??= agent.stop();
  onTestFinished(stop);
  return { ...agent, stop };
}

export async function makePanel(): Promise<TestPanel> {
  const panel = await TestPanel.make();
  onTestFinished(() => panel.close());
  return panel;
}

export interface Bench {
  readonly agent: TestAgent;
  readonly panel: TestPanel;
  readonly client: TRPCClient<AgentRouter>;
}

/** An agent and the panel that it obeys. */
export async function enrolledAgent(options: BenchOptions = {}): Promise<Bench> {
  const agent = await runAgent(options);
  const panel = await makePanel();
  await panel.enrol(await agent.code());
  return { agent, panel, client: panel.client(agent.address) };
}
