// A script as a child of the agent: ended with its whole group.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Attempt } from '../../attempt/attempt.ts';
import type { Received } from '../../attempt/received.ts';
import { unprivileged } from './unprivileged.ts';

const SYSTEM = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };

/** With all that it started and that did not leave its group. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

export function runAsNobody(attempt: Attempt, script: readonly string[], variables: Readonly<Record<string, string>>, output: Received): void {
  const [command, ...rest] = unprivileged(script);
  // Next.js, where it is in the same program, has the types ask for NODE_ENV.
  const env = { NODE_ENV: 'production' as const, ...SYSTEM, ...variables };
  const child = spawn(command, rest, { cwd: '/', env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  // Without a descriptor left there are none, against the types.
  const streams: readonly (Readable | undefined)[] = [child.stdout, child.stderr];
  // What could not be begun says nothing of the real server.
  child.on('error', (error) => attempt.fail({ failure: 'noResources', detail: error.message }));
  attempt.atEnd(() => {
    killGroup(child);
    for (const stream of streams) stream?.destroy();
  });
  for (const stream of streams) stream?.on('data', (chunk: Buffer) => void output.add(chunk));
  // What it left behind keeps its output open: it ends with it.
  child.once('exit', () => killGroup(child));
  child.once('close', (code, signal) => {
    if (code === 0) attempt.good();
    else attempt.fail({ failure: 'scriptFailed', detail: signal ?? `exit code ${String(code)}` });
  });
}
