// The database server's care, on real servers: start, restart after kill -9, and every refusal.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, startTemporaryPostgres, type TemporaryPostgres } from '../postgres.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a temporary server', () => {
  let server: TemporaryPostgres;
  beforeAll(async () => {
    server = await startTemporaryPostgres();
  });
  afterAll(() => server.remove());

  it('serves the database weir to a user who is no superuser, in UTC, over the socket only', async () => {
    expect(
      await query(
        server.url,
        `SELECT current_user, current_database(), current_setting('is_superuser') AS superuser, current_setting('TimeZone') AS zone,
                current_setting('listen_addresses') AS tcp, current_setting('server_encoding') AS encoding`,
      ),
    ).toEqual([{ current_user: 'weir', current_database: 'weir', superuser: 'off', zone: 'UTC', tcp: '', encoding: 'UTF8' }]);
  });

  it('refuses a wrong password', async () => {
    const url = new URL(server.url);
    url.password = 'wrong';
    await expect(query(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('keeps what was committed when it is killed, and starts again at the same url', async () => {
    await query(server.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    await server.kill();
    await expect(query(server.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED|ENOENT/);
    await server.restart();
    expect(await query(server.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('starts although its lock file names a process that is alive but none of its own', async () => {
    const dataDir = new URL(server.url).searchParams.get('host') ?? '';
    await server.kill();
    const lock = path.join(dataDir, 'data/postmaster.pid');
    const lines = (await readFile(lock, 'utf8')).split('\n');
    await writeFile(lock, [process.pid, ...lines.slice(1)].join('\n'));
    await server.restart();
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('gives its socket and password to nobody else', async () => {
    const folder = new URL(server.url).searchParams.get('host') ?? '';
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, 'data'))).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, 'data/weir.password'))).mode & 0o777).toBe(0o600);
  });
});

describe('refusals', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'weir-postgres-refused-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const options = () => ({ dataDir: path.join(folder, 'data'), socketDir: folder, logFile: path.join(folder, 'log') });

  it('says which version a data folder belongs to', async () => {
    const dataDir = path.join(folder, 'old');
    await startPostgres({ ...options(), dataDir }).then((server) => server.stop());
    await writeFile(path.join(dataDir, 'PG_VERSION'), '17\n');
    await expect(startPostgres({ ...options(), dataDir })).rejects.toThrow(/belongs to PostgreSQL 17, and this is PostgreSQL 18/);
  });

  it('says that a socket path is too long, before it makes anything', async () => {
    const socketDir = path.join(folder, 'x'.repeat(100));
    await expect(startPostgres({ ...options(), socketDir })).rejects.toThrow(/107 are possible/);
    await expect(stat(path.join(folder, 'data'))).rejects.toThrow(/ENOENT/);
  });

  it('leaves no half-made folder when it cannot be written', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const dataDir = path.join(folder, 'file', 'data');
    await expect(startPostgres({ ...options(), dataDir })).rejects.toThrow(/data/);
  });

  it('shows the last lines of its log when it ends at its start', async () => {
    await expect(startPostgres({ ...options(), settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /ended at its start \(exit code 1\)[^]*invalid value for parameter "shared_buffers"/,
    );
  });
});

it('ends when the process that started it is killed', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'weir-postgres-orphan-'));
  const script = path.join(folder, 'start.mts');
  const entry = path.join(import.meta.dirname, '../postgres.ts');
  await writeFile(
    script,
    `import { startPostgres } from ${JSON.stringify(entry)};
     const server = await startPostgres({ dataDir: process.argv[2] + '/data', socketDir: process.argv[2], logFile: process.argv[2] + '/log' });
     console.log(server.pid);`,
  );
  const starter = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) => starter.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))));
  expect(isRunning(pid)).toBe(true);
  starter.kill('SIGKILL');
  await expect.poll(() => isRunning(pid), { timeout: 15_000 }).toBe(false);
  expect(await readFile(path.join(folder, 'log'), 'utf8')).toMatch(/database system is shut down/);
  await rm(folder, { recursive: true, force: true });
});
