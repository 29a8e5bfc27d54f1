// The processes that are compared: the proxy as it is shipped (bundled), HAProxy in TCP mode with one thread, nginx stream with one worker.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connected } from './load.ts';
import type { At } from './load.ts';

export interface Usage {
  readonly cpuSeconds: number;
  readonly residentMebibytes: number;
}

export interface Subject {
  readonly name: string;
  /** Listens at `front` and forwards to `real`. Null where the program is not installed. */
  start(folder: string, front: At, real: At): Promise<ChildProcess | null>;
}

/** Where Debian and most others put nginx's module, when it is not built in. */
const streamModule = '/usr/lib/nginx/modules/ngx_stream_module.so';

function haproxyConfig(front: At, real: At): string {
  return [
    'global', ' nbthread 1', ' maxconn 8192', 'defaults', ' mode tcp', ' timeout connect 3s', ' timeout client 900s', ' timeout server 900s',
    'listen bench', ` bind ${front.host}:${front.port} backlog 4096`, ` server real ${real.host}:${real.port}`, '',
  ].join('\n');
}

function nginxConfig(folder: string, front: At, real: At): string {
  return [
    ...(existsSync(streamModule) ? [`load_module ${streamModule};`] : []),
    'daemon off;', 'master_process off;', `pid ${join(folder, 'nginx.pid')};`, 'error_log stderr crit;', 'events { worker_connections 16384; }',
    `stream { server { listen ${front.host}:${front.port} backlog=4096; proxy_pass ${real.host}:${real.port}; } }`, '',
  ].join('\n');
}

/** Resolves when the child is there; null where there is no such program. */
async function run(program: string, order: readonly string[]): Promise<ChildProcess | null> {
  const child = spawn(program, order, { stdio: 'ignore' });
  const failed = await Promise.race([once(child, 'spawn').then(() => false), once(child, 'error').then(() => true)]);
  return failed ? null : child;
}

async function answering(front: At): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = await connected(front).catch(() => null);
    socket?.destroy();
    if (socket !== null) return;
    await pause(25);
  }
  throw new Error(`nobody listens on ${front.host}:${front.port}`);
}

async function started(child: ChildProcess | null, front: At): Promise<ChildProcess | null> {
  if (child !== null) await answering(front);
  return child;
}

export const subjects: readonly Subject[] = [
  {
    name: 'proxy',
    async start(folder, front, real) {
      const outfile = join(folder, 'subject.mjs');
      const entry = fileURLToPath(new URL('./subject.ts', import.meta.url));
      if (!existsSync(outfile)) await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
      return started(await run(process.execPath, [outfile, 'proxy', front.host, String(front.port), real.host, String(real.port), '']), front);
    },
  },
  {
    name: 'haproxy',
    async start(folder, front, real) {
      const file = join(folder, 'haproxy.cfg');
      await writeFile(file, haproxyConfig(front, real));
      return started(await run('haproxy', ['-db', '-f', file]), front);
    },
  },
  {
    name: 'nginx',
    async start(folder, front, real) {
      const file = join(folder, 'nginx.conf');
      await writeFile(file, nginxConfig(folder, front, real));
      return started(await run('nginx', ['-p', folder, '-c', file]), front);
    },
  },
];

/** USER_HZ, which Linux fixes at 100 for what it shows in /proc. */
const ticksPerSecond = 100;

/** Of any process, by the same measure: /proc/PID/stat (utime, stime) and /proc/PID/status. */
export async function usageOf(pid: number): Promise<Usage> {
  const [stat, status] = await Promise.all([readFile(`/proc/${pid}/stat`, 'latin1'), readFile(`/proc/${pid}/status`, 'latin1')]);
  // The second field, a name in brackets, may have spaces; the third begins behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const kibibytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
  return { cpuSeconds: ticks / ticksPerSecond, residentMebibytes: kibibytes / 1_024 };
}
