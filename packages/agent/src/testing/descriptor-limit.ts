// How many descriptors the process of a test may have.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Sets how many from there on; taken before there are none left, because it needs some itself. */
export function descriptorLimit(): (most: string) => Promise<void> {
  const shell = spawn('/bin/sh', ['-c', `while read -r most; do prlimit --pid ${process.pid} --nofile="$most:" && echo done; done`], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void shell.stdin.end());
  return async (most) => {
    const done = once(shell.stdout, 'data');
    shell.stdin.write(`${most}\n`);
    await done;
  };
}
