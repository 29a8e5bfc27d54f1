// `npm start` as a whole, on ports and folders of its own: what it refuses, what it survives, and that it leaves nothing running.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTemporaryPostgres } from '@weir/lab/postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = path.join(import.meta.dirname, 'start.mjs');
// The first start of a checkout installs and builds.
const readyDeadlineMs = 300_000;
const settle = { timeout: 30_000, interval: 100 };

let folder: string;
const starts: Start[] = [];

interface Start {
  readonly child: ChildProcess;
  readonly dataDir: string;
  readonly url: string;
  said(): string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
}

interface Wish {
  readonly args?: string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly name?: string;
  readonly command?: string[];
}

/** Without the sample real servers: their addresses are fixed, and the machine may run another Weir. */
async function start({ args = [], env = {}, name = 'data', command = [process.execPath, script] }: Wish = {}): Promise<Start> {
  const dataDir = path.join(folder, name);
  const [port, agentPort] = [await freePort(), await freePort()];
  const options = ['--data', dataDir, '--port', String(port), '--agent-port', String(agentPort), '--no-samples', ...args];
  const [program = '', ...programArgs] = command;
  const child = spawn(program, [...programArgs, ...options], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const weir = { child, dataDir, url: `http://127.0.0.1:${port}`, said: () => text };
  starts.push(weir);
  return weir;
}

async function started(wish: Wish = {}): Promise<Start> {
  const weir = await start(wish);
  await expect.poll(() => (weir.child.exitCode === null ? weir.said() : `ended: ${weir.said()}`), { ...settle, timeout: readyDeadlineMs }).toMatch(/Ctrl-C stops it|ended/);
  expect(weir.said()).toContain('Weir runs at');
  return weir;
}

async function refusal(wish: Wish = {}): Promise<string> {
  const weir = await start(wish);
  const [code] = (await once(weir.child, 'close')) as [number | null];
  expect(code).toBe(1);
  return weir.said();
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      const [stat, command] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
        readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
      ]);
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return { pid: Number(pid), parent: Number(parent), state, command: command.replaceAll('\0', ' ') };
    }),
  );
  return all.filter(({ state }) => state !== undefined && state !== '' && state !== 'Z');
}

async function childrenOf(weir: Start): Promise<Process[]> {
  const all = await processes();
  const found = all.filter(({ parent }) => parent === weir.child.pid);
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid));
  return found;
}

async function alive(some: readonly Process[]): Promise<string[]> {
  const all = await processes();
  return some.filter(({ pid, command }) => all.some((other) => other.pid === pid && other.command === command)).map(({ command }) => command);
}

async function health(weir: Start): Promise<number> {
  return fetch(`${weir.url}/api/health`).then(
    ({ status }) => status,
    () => 0,
  );
}

async function stopAll(): Promise<void> {
  for (const { child } of starts.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weir-start-'));
});
afterEach(async () => {
  await stopAll();
  await rm(folder, { recursive: true, force: true });
});

describe('a running Weir', { timeout: readyDeadlineMs + 60_000 }, () => {
  it('prints its address and a link for the first administrator, and stops in order on Ctrl-C', async () => {
    const weir = await started();
    expect(weir.said()).toMatch(new RegExp(`Weir runs at ${weir.url}\nMake the first administrator .*30 minutes.*\n\n {2}${weir.url}/setup\\?token=\\S+\n`));
    expect(weir.said()).toMatch(/Starting the database … \d+\.\d s\n/);
    const children = await childrenOf(weir);
    expect(children.length).toBeGreaterThanOrEqual(6);
    weir.child.kill('SIGINT');
    const [code] = (await once(weir.child, 'close')) as [number | null];
    expect(code).toBe(0);
    expect(weir.said()).toMatch(/Stopping the panel .*\n.*Stopping the agent .*\n.*Stopping the database .*\nWeir is down\.\n$/);
    expect(await alive(children)).toEqual([]);
  });

  it('leaves nothing running when the launcher is killed, and starts again', async () => {
    const weir = await started();
    const children = await childrenOf(weir);
    weir.child.kill('SIGKILL');
    await expect.poll(() => alive(children), settle).toEqual([]);
    expect(await health(await started())).toBe(200);
  });

  it('stops when the npm that started it is killed', async () => {
    const weir = await started({ command: ['npm', 'start', '--'] });
    const launchers = await childrenOf(weir);
    const parts = (await processes()).filter(({ parent }) => launchers.some(({ pid }) => pid === parent));
    expect(parts.length).toBeGreaterThanOrEqual(3);
    weir.child.kill('SIGKILL');
    await expect.poll(() => alive([...launchers, ...parts]), settle).toEqual([]);
    expect(weir.said()).toMatch(/Stopping \(the npm that started it is gone\)\./);
  });

  it('starts panel, agent and database again when they are killed', async () => {
    const weir = await started();
    const killed = (await childrenOf(weir)).filter(({ parent }) => parent === weir.child.pid);
    expect(killed).toHaveLength(3);
    for (const { pid } of killed) process.kill(pid, 'SIGKILL');
    await expect.poll(() => weir.said().match(/ runs again\./g)?.length ?? 0, { ...settle, timeout: 60_000 }).toBeGreaterThanOrEqual(3);
    await expect.poll(() => health(weir), settle).toBe(200);
  });

  it('refuses a second start on its folder, and its ports to another', async () => {
    const weir = await started();
    const { port } = new URL(weir.url);
    expect(await refusal()).toMatch(new RegExp(`^Weir already runs on the data folder ${weir.dataDir} \\(process ${weir.child.pid}, since .*\n$`));
    expect(await refusal({ name: 'other', args: ['--port', port] })).toBe(
      `Port ${port} on 127.0.0.1, for the panel, is in use by another program: give another with --port.\n`,
    );
    expect(await readdir(folder), 'nothing of the one that was refused').not.toContain('other');
  });

  it('passes on that another panel holds the database', async () => {
    const database = await startTemporaryPostgres();
    try {
      await started({ env: { DATABASE_URL: database.url } });
      const said = await refusal({ name: 'other', env: { DATABASE_URL: database.url } });
      expect(said).toMatch(/\nAnother panel holds this database .*\n/);
      expect(said).toMatch(/\nWeir is down\.\n$/);
    } finally {
      await stopAll();
      await database.remove();
    }
  });

  it('says which PostgreSQL a data folder belongs to', async () => {
    const first = await started();
    first.child.kill('SIGTERM');
    await once(first.child, 'close');
    await writeFile(path.join(first.dataDir, 'postgres/PG_VERSION'), '17\n');
    expect(await refusal()).toMatch(/\nThe data folder .*postgres belongs to PostgreSQL 17, and this is PostgreSQL 18: .*--data\.\n/);
  });
});

it('says that a data folder is too deep for a socket', { timeout: readyDeadlineMs }, async () => {
  expect(await refusal({ name: 'x'.repeat(90) })).toMatch(/unix socket .* 107 are possible: give a folder with a shorter path/);
});

it('explains itself without starting anything', async () => {
  const weir = await start({ args: ['--help'] });
  await once(weir.child, 'close');
  expect(weir.said()).toMatch(/^Usage: npm start -- \[options\]\n/);
  expect(await readdir(folder)).toEqual([]);
});
