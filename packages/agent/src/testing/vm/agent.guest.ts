// Runs in the lab's machine on a director: the whole agent, as weir-agent runs it.
import { readFile } from 'node:fs/promises';
import type { DriverName } from '@weir/forwarder';
import type { DriverKind } from '@weir/model';
import type { KeyHash } from '@weir/protocol';
import { pino } from 'pino';
import { startAgent } from '../../agent.ts';
import type { RunningAgent } from '../../agent.ts';
import { systemClock } from '../../clock.ts';
import { openChosen } from '../../driver/driver.ts';
import { openProbes } from '../../health/probes/open.ts';
import { LinuxHost } from '../../host/linux-host.ts';
import { makeEnrolmentCode } from '../../trust/enrol-command.ts';

export interface StartOrder {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** Null: the agent chooses. */
  readonly driver: DriverName | null;
}

const MOST_LINES = 2_000;
let agent: RunningAgent | null = null;
let order = { host: '', tokenFile: '' };
const lines: string[] = [];

function keep(line: string): void {
  lines.push(line);
  if (lines.length > MOST_LINES) lines.shift();
}

export async function start({ driver, ...config }: StartOrder): Promise<{ pid: number; keyHash: KeyHash; driver: DriverKind }> {
  const log = pino({ level: 'info' }, { write: keep });
  const metrics = { host: config.host, port: 0, tokenFile: `${config.dataFolder}/metrics-token` };
  order = { host: config.host, tokenFile: metrics.tokenFile };
  agent = await startAgent({ ...config, metrics }, {
    openForwarder: (files) => openChosen(driver, files, log),
    openHost: async (files, can) => (can.driver === 'ipvs' ? LinuxHost.open(files.host, log) : null),
    openProbes: () => openProbes({ checksFolder: `${config.dataFolder}/checks.d`, certificatesFolder: `${config.dataFolder}/certificates` }),
    clock: systemClock, log,
  });
  return { pid: process.pid, keyHash: agent.keyHash, driver: agent.driver };
}

/** As `weir-agent enrol` prints it. */
export function code(dataFolder: string, address: string): Promise<string> {
  return makeEnrolmentCode({ dataFolder, address, reset: false }, systemClock);
}

export async function stop(): Promise<void> {
  await agent?.stop();
  agent = null;
}

/** What Prometheus is told, in OpenMetrics. */
export async function scrape(): Promise<string> {
  const authorization = `Bearer ${(await readFile(order.tokenFile, 'utf8')).trim()}`;
  const answer = await fetch(`http://${order.host}:${agent?.metricsPort}/metrics`, { headers: { authorization, accept: 'application/openmetrics-text' } });
  if (!answer.ok) throw new Error(`refused with ${answer.status}`);
  return answer.text();
}

/** The last lines of its log. */
export function said(): string[] {
  return lines;
}
