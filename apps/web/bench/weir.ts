// A whole Weir for the benchmark: a database, agents with the proxy driver, and the panel as it is shipped, each a process of its own.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startTemporaryPostgres } from '@weir/lab/postgres';
import { spawnWard } from '@weir/lab/ward';
import type { WardedChild } from '@weir/lab/ward';

const root = path.resolve(import.meta.dirname, '../../..');
const programs = { panel: 'apps/web/dist/main.mjs', agent: 'packages/agent/dist/weir-agent.mjs', pages: 'apps/web/.next/BUILD_ID' };
const host = '127.0.0.1';
const startDeadlineMs = 30_000;

export interface Weir {
  readonly origin: string;
  readonly panelPid: number;
  /** Of the link for the first administrator. */
  readonly setupToken: string;
  /** Of the agents, to enrol them with. */
  readonly codes: readonly string[];
  readonly agentPids: readonly number[];
  stop(): Promise<void>;
}

export async function until<T>(what: string, probe: () => Promise<T | null>): Promise<T> {
  for (const giveUpAt = Date.now() + startDeadlineMs; Date.now() < giveUpAt;) {
    const found = await probe().catch(() => null);
    if (found !== null) return found;
    await pause(100);
  }
  throw new Error(`waited ${startDeadlineMs} ms in vain: ${what}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
}

function start(args: readonly string[], settings: Record<string, string> = {}, output: 'ignore' | 'inherit' = 'ignore'): Promise<WardedChild> {
  return spawnWard({ command: process.execPath, args, cwd: root, env: { NODE_ENV: 'production', ...settings }, output });
}

interface StartedAgent {
  readonly child: WardedChild;
  /** To enrol it with. */
  readonly code: string;
}

async function startAgent(data: string): Promise<StartedAgent> {
  const address = `${host}:${await freePort()}`;
  const child = await start([programs.agent, 'run', '--data', data, '--listen', address, '--driver', 'proxy']);
  const enrol = (): Promise<{ stdout: string }> => promisify(execFile)(process.execPath, [programs.agent, 'enrol', '--data', data, '--address', address], { cwd: root });
  const { stdout: code } = await until('a code of the agent', enrol);
  return { child, code };
}

export interface WeirOptions {
  /** Where Node writes a CPU profile of the panel when it ends. */
  readonly profileDir: string | null;
  readonly agents: number;
  /** A module that the panel's process loads first. */
  readonly preload: string | null;
}

export async function startWeir({ profileDir, agents: count, preload }: WeirOptions): Promise<Weir> {
  for (const file of Object.values(programs)) if (!existsSync(path.join(root, file))) throw new Error(`${file} is not built: npm start builds it`);
  const folder = await mkdtemp(path.join(tmpdir(), 'weir-bench-'));
  const postgres = await startTemporaryPostgres();
  const agents = await Promise.all(Array.from({ length: count }, (_, index) => startAgent(path.join(folder, `agent-${index}`))));
  const port = await freePort();
  const origin = `http://${host}:${port}`;
  const profile = profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${path.resolve(profileDir)}`];
  const first = preload === null ? [] : ['--import', preload];
  const panelData = path.join(folder, 'panel');
  const panel = await start([...profile, ...first, programs.panel], { DATABASE_URL: postgres.url, WEIR_DATA: panelData, WEIR_PORT: String(port) }, 'inherit');
  const setupToken = await until('the panel', async () => {
    if (!(await fetch(`${origin}/api/health`)).ok) return null;
    return new URL((await readFile(path.join(panelData, 'setup-link'), 'utf8')).trim()).searchParams.get('token');
  });
  return {
    origin, panelPid: panel.pid, setupToken, codes: agents.map(({ code }) => code), agentPids: agents.map(({ child }) => child.pid),
    stop: async () => {
      for (const child of [panel, ...agents.map((agent) => agent.child)]) {
        child.send('SIGTERM');
        await child.exited;
      }
      await postgres.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
