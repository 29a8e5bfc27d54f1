// Starts Weir as a person does, on ports and a data folder of its own, waits for the link it prints, and ends it with Ctrl-C's signal.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeExit, spawnWard } from '@weir/lab/ward';
import { descendantsOf, isAlive } from './processes.ts';
import { agentPort, panelPort, publish, running } from '../running.ts';
import { until } from '../until.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const startDeadlineMs = 10 * 60_000;
const linkPattern = /https?:\/\/\S+\/setup\?token=\S+/;

/** It ends with the tests, even where these are killed. */
async function start(dataDir: string): Promise<{ launcher: number; setupLink: string }> {
  const args = ['scripts/start.mjs', '--data', dataDir, '--port', String(panelPort), '--agent-port', String(agentPort)];
  const { process: child, pid, exited } = await spawnWard({ command: process.execPath, args, cwd: root, signal: 'INT', graceSeconds: 30, output: 'pipe' });
  child.stderr?.pipe(process.stderr);
  child.stdout?.pipe(createWriteStream(path.join(dataDir, 'launcher.log')));
  const setupLink = await new Promise<string>((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`no link after ${startDeadlineMs} ms; the launcher said:\n${said}`)), startDeadlineMs);
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      then();
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const link = linkPattern.exec(said)?.[0];
      if (link !== undefined) settle(() => resolve(link));
    });
    void exited.then((exit) => settle(() => reject(new Error(`the launcher ended with ${describeExit(exit)}; it said:\n${said}`))));
  });
  return { launcher: pid, setupLink };
}

export async function startWeir(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'weir-e2e-'));
  publish({ ...await start(dataDir), dataDir, labSocket: path.join(dataDir, 'run/lab.sock') });
}

/** Everything it ran must be gone, and nothing of it stays on disk, unless somebody is to look at that. */
export async function endWeir({ keep } = { keep: false }): Promise<void> {
  const { launcher, dataDir } = running();
  const all = [launcher, ...descendantsOf(launcher).map(({ pid }) => pid)];
  process.kill(launcher, 'SIGINT');
  await until('every process of Weir has ended', 30_000, () => all.every((pid) => !isAlive(pid)));
  if (!keep) rmSync(dataDir, { recursive: true, force: true });
}
