import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { Attempt } from '../../attempt/attempt.ts';
import { Received } from '../../attempt/received.ts';
import { runAsNobody } from './as-nobody.ts';

/** Sets how many descriptors this process may have; begun before there are none left. */
function limits(): (most: string) => Promise<void> {
  const shell = spawn('/bin/sh', ['-c', `while read -r most; do prlimit --pid ${process.pid} --nofile="$most:" && echo done; done`], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void shell.stdin.end());
  return async (most) => {
    const done = once(shell.stdout, 'data');
    shell.stdin.write(`${most}\n`);
    await done;
  };
}

it.skipIf(process.platform !== 'linux')('asks nothing, and nothing falls over, where there is no descriptor left for a script', async () => {
  const limit = limits();
  const attempt = new Attempt(20_000);
  await limit('3');
  try {
    runAsNobody(attempt, ['/bin/true'], {}, new Received());
  } finally {
    await limit('1024');
  }
  expect((await attempt.answer).result).toMatchObject({ kind: 'failed', failure: 'noResources' });
});
