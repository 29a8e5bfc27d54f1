// An agent of the journeys' own beside the launcher's: its folder, its codes and its end.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from '../until.ts';

const program = path.resolve(import.meta.dirname, '../../../packages/agent/dist/weir-agent.mjs');
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

  /** A new code; those before are worth nothing from then on. `reset`: the agent forgets its panel. */
  async code(address = this.address, { reset } = { reset: false }): Promise<string> {
    const args = ['enrol', '--data', this.#folder, '--address', address, ...(reset ? ['--reset'] : [])];
    const { stdout } = await run(process.execPath, [program, ...args], { timeout: 20_000 });
    return stdout.trim();
  }

  /** It keeps its connections and answers nothing, until it goes on. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#process?.kill('SIGCONT');
  }

  /** As a host dies; its folder stays, and it can be started on it again. */
  async kill(): Promise<void> {
    const agent = this.#process;
    agent?.kill('SIGKILL');
    if (agent !== undefined) await until('the second agent is gone', 10_000, () => agent.signalCode !== null || agent.exitCode !== null);
  }

  async end(): Promise<void> {
    this.goOn();
    const agent = this.#process;
    agent?.kill('SIGTERM');
    if (agent !== undefined) await until('the second agent has ended', 10_000, () => agent.exitCode !== null || agent.signalCode !== null);
    if (this.#folder !== '') rmSync(this.#folder, { recursive: true, force: true });
  }
}
