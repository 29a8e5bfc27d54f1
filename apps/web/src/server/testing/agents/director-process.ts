// A director for tests whose agent is a process of its own, so that it can be killed.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const agentMain = fileURLToPath(new URL('../../../../../../packages/agent/src/main.ts', import.meta.url));
const startDeadlineMs = 20_000;

export interface DirectorProcess {
  readonly code: () => Promise<string>;
  /** SIGKILL; comes back when it is gone. */
  readonly kill: () => Promise<void>;
  /** On the same folder and port. */
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function startDirectorProcess(): Promise<DirectorProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'weir-agent-'));
  const dataFolder = path.join(folder, 'data');
  const address = `127.0.0.1:${await freePort()}`;
  let child = await run(dataFolder, address);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
  };
  return {
    kill,
    start: async () => { child = await run(dataFolder, address); },
    code: async () => {
      const enrol = agent('enrol', '--data', dataFolder, '--address', address);
      let out = '';
      enrol.stdout?.on('data', (part: Buffer) => { out += part.toString(); });
      await once(enrol, 'close');
      return out.trim();
    },
    remove: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function agent(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', agentMain, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function run(dataFolder: string, address: string): Promise<ChildProcess> {
  const child = agent('run', '--data', dataFolder, '--listen', address);
  let out = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the agent did not start: ${out}`)), startDeadlineMs);
    child.stdout?.on('data', (part: Buffer) => {
      out += part.toString();
      if (!out.includes('the agent runs')) return;
      clearTimeout(timer);
      resolve(child);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
