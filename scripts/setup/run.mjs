// Runs one command of the setup to its end; it dies with us, and its output is shown only if it fails.
import { spawn } from 'node:child_process';
import { Failure } from './failure.mjs';

const outputLimitBytes = 400_000;
const defaultDeadlineMs = 30 * 60_000;

// As the ward of the running system (packages/lab/src/ward.ts), for the time before anything can be compiled: ends the whole group.
const script = `exec 3<&0
(read -r _ <&3 || kill -TERM -$$) >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null`;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * @typedef {object} Command
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env] over our own environment
 * @property {number} [deadlineMs]
 * @property {string} failure what to say when it fails
 */

/**
 * @param {Command} call
 * @returns {Promise<string>} what it printed
 */
export function run({ command, args, cwd, env, failure, deadlineMs = defaultDeadlineMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', script, 'run', command, ...args], { cwd, env: { ...cleanEnv(), NO_COLOR: '1', ...env }, detached: true });
    running.add(child);
    let output = '';
    /** @param {Buffer} chunk */
    const collect = (chunk) => {
      output = (output + chunk.toString()).slice(-outputLimitBytes);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    let late = '';
    const deadline = setTimeout(() => {
      late = `, ended after ${deadlineMs / 60_000} minutes`;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, deadlineMs);
    child.once('exit', () => child.stdin.end('ended\n'));
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      running.delete(child);
      if (code === 0) resolve(output);
      else reject(new Failure(`${failure} (${signal ?? `exit code ${code}`}${late}):\n${output.trim()}`));
    });
  });
}

/** Ends what is running; for Ctrl-C, which does not reach another process group. */
export function endRunning() {
  for (const child of running) {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  }
}

/** Our environment without what npm adds for its scripts: another pnpm or npm would take it for its own configuration. */
export function cleanEnv() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')));
}
