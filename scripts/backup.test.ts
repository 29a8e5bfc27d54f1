// `npm run backup` and `npm run restore` as wholes, beside a Weir that runs and one that does not.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

// The first start of a checkout installs and builds.
const readyDeadlineMs = 300_000;

let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weir-backup-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await stop(child);
  await rm(folder, { recursive: true, force: true });
});

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function node(script: string, args: string[]): { child: ChildProcess; said: () => string } {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [path.join(import.meta.dirname, script), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
}

async function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  const { child, said } = node('backup.mjs', args);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said() };
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  server.close();
  return String(address !== null && typeof address === 'object' ? address.port : 0);
}

async function startWeir(dataDir: string): Promise<ChildProcess> {
  const { child, said } = node('start.mjs', ['--data', dataDir, '--port', await freePort(), '--agent-port', await freePort(), '--no-samples']);
  await expect.poll(() => (child.exitCode === null ? said() : `ended: ${said()}`), { timeout: readyDeadlineMs, interval: 100 }).toMatch(/Ctrl-C stops it|ended/);
  expect(said()).toContain('Weir runs at');
  return child;
}

/** Command lines of all processes that work in the folder or name it. */
async function processesOf(dataDir: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid);
  const processes = await Promise.all(pids.map(async (pid) => {
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    return command.includes(dataDir) || cwd.startsWith(dataDir) ? [command] : [];
  }));
  return processes.flat();
}

it('write a backup beside a running Weir or a stopped one, and restore it into a new folder that starts', async () => {
  const [old, renewed] = [path.join(folder, 'old'), path.join(folder, 'renewed')];
  const [first, second] = [path.join(folder, 'first'), path.join(folder, 'second')];
  const weir = await startWeir(old);
  await expect.poll(() => readFile(path.join(old, 'logs/panel.log'), 'utf8'), { timeout: 30_000, interval: 100 }).toContain('enrolled the director');

  const whileRunning = await run('backup', '--data', old, first);
  expect(whileRunning).toMatchObject({ code: 0, said: expect.stringMatching(/^Wrote .+first \(\d+ bytes\): .*AuditEntry \d+, Director 1, .*panel-key\.pem\./) as unknown });
  expect((await run('backup', '--data', old, first)).said).toContain('first is there already');
  expect(await run('restore', '--data', old, first)).toMatchObject({ code: 1, said: expect.stringContaining('Weir already runs on the data folder') as unknown });
  await stop(weir);

  expect(await run('backup', '--data', old, second)).toMatchObject({ code: 0 });
  expect(await run('restore', '--data', old, second)).toMatchObject({ code: 1, said: expect.stringContaining('The database is not empty') as unknown });
  expect(await run('restore', '--data', renewed, second)).toMatchObject({ code: 0, said: expect.stringMatching(/Restored .+second, taken .+: .*Director 1[^]+everyone signs in again/) as unknown });
  expect(await readFile(path.join(renewed, 'panel/panel-key.pem'), 'utf8')).toBe(await readFile(path.join(old, 'panel/panel-key.pem'), 'utf8'));
  await expect.poll(() => processesOf(folder), { timeout: 10_000, interval: 100 }).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['first', 'old', 'renewed', 'second']);
  await stop(await startWeir(renewed));
}, readyDeadlineMs + 120_000);

it('say what is missing, and make nothing', async () => {
  const none = path.join(folder, 'none');
  expect(await run('backup', '--data', none, path.join(folder, 'file'))).toEqual({ code: 1, said: `There is no data folder ${none}: give Weir's with --data.\n` });
  expect((await run('backup', '--data', folder, path.join(folder, 'file'))).said).toContain('has no embedded database: give the DATABASE_URL');
  expect((await run('restore')).said).toContain('Give one file; npm run restore -- --help says more.');
  expect((await run('backup', '--help')).said).toContain('npm run backup -- [--data FOLDER] FILE');
  expect(await readdir(folder)).toEqual([]);
}, readyDeadlineMs);
