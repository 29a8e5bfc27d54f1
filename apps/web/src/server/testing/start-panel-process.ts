// The panel as a process of its own, for tests that end it as a machine would.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { environment } from './env.ts';

const script = fileURLToPath(new URL('panel-process.ts', import.meta.url));
// A start is a second's work of one core, and other tests may have the cores.
const readyDeadlineMs = 45_000;

export interface PanelProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; errors: string }>;
  /** The origin it serves. */
  readonly ready: Promise<string>;
}

/** `settings`: of its environment, beside a port of its own. */
export function startPanelProcess(settings: Record<string, string>): PanelProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', script], { env: { ...environment, NODE_ENV: 'production', WEIR_PORT: '0', ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, errors }));
  const ready = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready: ${output} ${errors}`)), readyDeadlineMs);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const origin = /"origins":\["([^"]+)".*"msg":"ready"/.exec(output)?.[1];
      if (origin === undefined) return;
      clearTimeout(timer);
      resolve(origin);
    });
    child.once('close', () => {
      clearTimeout(timer);
      reject(new Error(`ended: ${errors}`));
    });
  });
  ready.catch(() => undefined);
  return { child, ended, ready };
}
