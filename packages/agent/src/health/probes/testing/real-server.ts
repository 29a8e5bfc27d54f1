// Servers that operators run, started for one test each: on a port of their own, with a configuration of the test's.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

export const programs = { nginx: '/usr/sbin/nginx', dnsmasq: '/usr/sbin/dnsmasq', redis: '/usr/bin/redis-server' } as const;

export function isThere(program: keyof typeof programs): boolean {
  return existsSync(programs[program]);
}

/** Below those that the kernel gives out by itself: nobody takes it before the program does. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(12_000, 32_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no port is free');
}

/** Ends with the test. Whether it is ready shows in what it answers. */
export function startProgram(program: keyof typeof programs, options: readonly string[]): void {
  const child = spawn(programs[program], options, { stdio: 'ignore' });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
}
