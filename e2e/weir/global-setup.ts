// Starts Weir as a person does, on ports and a data folder of its own, and waits for the link it prints.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agentPort, panelPort, publish } from './running.ts';

const root = path.resolve(import.meta.dirname, '../..');
const startDeadlineMs = 10 * 60_000;
const linkPattern = /https?:\/\/\S+\/setup\?token=\S+/;

function start(dataDir: string): { launcher: number; setupLink: Promise<string> } {
  const args = ['scripts/start.mjs', '--data', dataDir, '--port', String(panelPort), '--agent-port', String(agentPort)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.pid === undefined) throw new Error('the launcher did not start');
  const setupLink = new Promise<string>((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`no link after ${startDeadlineMs} ms; the launcher said:\n${said}`)), startDeadlineMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const link = linkPattern.exec(said)?.[0];
      if (link === undefined) return;
      clearTimeout(timer);
      resolve(link);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the launcher ended with ${code}; it said:\n${said}`));
    });
  });
  return { launcher: child.pid, setupLink };
}

export default async function globalSetup(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'weir-e2e-'));
  const { launcher, setupLink } = start(dataDir);
  publish({ setupLink: await setupLink, dataDir, launcher, labSocket: path.join(dataDir, 'run/lab.sock') });
}
