// Servers that operators run, started for one test each: on a port of their own, with a configuration of the test's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export const programs = { nginx: '/usr/sbin/nginx', dnsmasq: '/usr/sbin/dnsmasq', redis: '/usr/bin/redis-server' } as const;

export function isThere(program: keyof typeof programs): boolean {
  return existsSync(programs[program]);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Ends with the test. Whether it is ready shows in what it answers. */
export function startProgram(program: keyof typeof programs, options: readonly string[]): { readonly said: () => string } {
  let said = '';
  const child = spawn(programs[program], options, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return { said: () => said };
}
