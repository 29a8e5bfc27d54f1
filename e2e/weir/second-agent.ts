// An agent of the journeys' own beside the launcher's: its folder, its codes and its end.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from './until.ts';

const program = path.resolve(import.meta.dirname, '../../packages/agent/dist/weir-agent.mjs');
const run = promisify(execFile);

function listens(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = createConnection({ host, port: Number(port) }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export class SecondAgent {
  // Made at the start: Playwright reads a spec more often than it runs it.
  #folder = '';
  #process: ChildProcess | undefined;

  constructor(readonly address: string) {}

  async start(): Promise<void> {
    if (this.#folder === '') this.#folder = mkdtempSync(path.join(tmpdir(), 'weir-e2e-agent-'));
    this.#process = spawn(process.execPath, [program, 'run', '--data', this.#folder, '--listen', this.address], { stdio: 'ignore' });
    await until(`the agent listens at ${this.address}`, 20_000, () => listens(this.address));
  }

  /** A new code; those before are worth nothing from then on. */
  async code(address = this.address): Promise<string> {
    const { stdout } = await run(process.execPath, [program, 'enrol', '--data', this.#folder, '--address', address], { timeout: 20_000 });
    return stdout.trim();
  }

  async end(): Promise<void> {
    const agent = this.#process;
    agent?.kill('SIGTERM');
    if (agent !== undefined) await until('the second agent has ended', 10_000, () => agent.exitCode !== null || agent.signalCode !== null);
    if (this.#folder !== '') rmSync(this.#folder, { recursive: true, force: true });
  }
}
