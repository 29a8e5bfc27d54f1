// A real agent in the process of a test.
import { join } from 'node:path';
import type { Forwarder } from '@weir/forwarder';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { startAgent } from '../agent.ts';
import type { AgentConfig, Deadlines, RunningAgent } from '../agent.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { openProbes } from '../health/probes/open.ts';
import type { Probes } from '../health/probes/probes.ts';
import { makeEnrolmentCode } from '../trust/enrol-command.ts';

export interface TestAgentOptions {
  readonly dataFolder: string;
  readonly openForwarder: () => Promise<Forwarder>;
  /** Any free one where it is not given. */
  readonly port?: number;
  readonly clock?: Clock;
  readonly deadlines?: Deadlines;
  readonly log?: Logger;
  readonly openProbes?: () => Promise<Probes>;
  readonly metrics?: AgentConfig['metrics'];
}

export interface TestAgent extends RunningAgent {
  readonly address: string;
  readonly dataFolder: string;
  /** A fresh enrolment code, as `weir-agent enrol` prints it. */
  readonly code: (options?: { readonly reset: boolean }) => Promise<string>;
}

export async function startTestAgent(options: TestAgentOptions): Promise<TestAgent> {
  const { dataFolder, openForwarder, port = 0, clock = systemClock, deadlines, log = pino({ level: 'silent' }) } = options;
  const probes = options.openProbes ?? (() => openProbes({ checksFolder: join(dataFolder, 'checks.d'), certificatesFolder: join(dataFolder, 'certificates') }));
  const agent = await startAgent({ dataFolder, host: '127.0.0.1', port, metrics: options.metrics ?? null }, { openForwarder, openProbes: probes, clock, log, ...(deadlines && { deadlines }) });
  const address = `127.0.0.1:${agent.port}`;
  return { ...agent, address, dataFolder, code: ({ reset } = { reset: false }) => makeEnrolmentCode({ dataFolder, address, reset }, clock) };
}
