// The panel as a process: how it starts, refuses to start, and ends.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestServer, run } from './testing/database.ts';
import type { TestServer } from './testing/database.ts';
import { cookieFrom } from './testing/panel.ts';
import { startPanelProcess } from './testing/start-panel-process.ts';
import type { PanelProcess } from './testing/start-panel-process.ts';

vi.setConfig({ testTimeout: 120_000 });

let server: TestServer;
let databaseUrl: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  databaseUrl = await server.createDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'weir-process-'));
  return async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  };
});

function start(settings: Record<string, string> = {}): PanelProcess {
  const started = startPanelProcess({ DATABASE_URL: databaseUrl, WEIR_DATA: dataDir, ...settings });
  children.push(started.child);
  return started;
}

/** The sentence of a start that must fail. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const { code, errors } = await start(settings).ended;
  expect(code).toBe(1);
  expect(errors.trimEnd().split('\n')).toHaveLength(1);
  return errors.trimEnd();
}

async function setUp(origin: string): Promise<string> {
  const post = (route: string, body: unknown): Promise<Response> => fetch(`${origin}${route}`, {
    method: 'POST', body: JSON.stringify(body), headers: { origin, 'content-type': 'application/json' },
  });
  const link = new URL(await readFile(path.join(dataDir, 'setup-link'), 'utf8'));
  const person = { email: 'ann@example.org', password: 'correct horse battery' };
  await post('/api/trpc/setup.createAdmin', { json: { token: link.searchParams.get('token'), name: 'Ann', ...person } });
  return cookieFrom(await post('/api/auth/sign-in/email', person));
}

describe('the panel', () => {
  it('starts on an empty database, and keeps its files to its user', async () => {
    const { ready, child, ended } = start();
    const origin = await ready;
    expect(await (await fetch(`${origin}/`)).text()).toBe('page');
    for (const name of await readdir(dataDir)) expect((await stat(path.join(dataDir, name))).mode & 0o077).toBe(0);
    expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['cookie-secret', 'setup-link']));
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, errors: '' });
  });

  it('keeps people signed in over a restart', async () => {
    const first = start();
    const cookie = await setUp(await first.ready);
    first.child.kill('SIGKILL');
    await first.ended;
    const origin = await start().ready;
    const me = await fetch(`${origin}/api/auth/get-session`, { headers: { cookie } });
    expect(await me.json()).toMatchObject({ user: { email: 'ann@example.org' } });
    expect(await readdir(dataDir)).not.toContain('setup-link');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s, with a request that never ends', async (signal) => {
    const { ready, child, ended } = start();
    const origin = await ready;
    const hanging = fetch(`${origin}/slow`).then(() => 'answered', () => 'cut');
    await expect.poll(() => run(databaseUrl, "SELECT 1 AS one FROM pg_locks WHERE locktype = 'advisory'")).toEqual([{ one: 1 }]);
    child.kill(signal);
    // 1 would say that it ended by its deadline of three seconds.
    expect(await ended).toEqual({ code: 0, errors: '' });
    expect(await hanging).toBe('cut');
    expect(await run(databaseUrl, "SELECT 1 AS one FROM pg_locks WHERE locktype = 'advisory'")).toEqual([]);
  });

  it('goes on when the database ends every connection of its pool: none of them holds the lock', async () => {
    const { ready, child, ended } = start();
    const origin = await ready;
    const cookie = await setUp(origin);
    const me = async (): Promise<unknown> => (await fetch(`${origin}/api/auth/get-session`, { headers: { cookie } })).json();
    for (let times = 0; times < 3; times += 1) {
      await run(databaseUrl, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'weir-panel' AND datname = current_database()");
      await expect.poll(me, { timeout: 15_000 }).toMatchObject({ user: { email: 'ann@example.org' } });
    }
    expect(await run(databaseUrl, "SELECT 1 AS one FROM pg_locks WHERE locktype = 'advisory'")).toEqual([{ one: 1 }]);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('ends at once when it loses its hold on the database', async () => {
    const { ready, ended } = start();
    await ready;
    await run(databaseUrl, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'weir-panel %' AND datname = current_database()");
    const { code, errors } = await ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^The panel lost its hold on the database \(.+\) and ends\.\n$/);
  });

  it('starts again after a kill -9', async () => {
    const first = start();
    await first.ready;
    first.child.kill('SIGKILL');
    await expect(start().ready).resolves.toMatch(/^http:/);
  });
});

describe('the panel says in one sentence why it does not start', () => {
  it('when another panel holds the database', async () => {
    const first = start();
    await first.ready;
    expect(await refusal({ WEIR_DATA: `${dataDir}/second` }))
      .toMatch(new RegExp(`^Another panel holds this database \\(process ${first.child.pid} on host ${hostname()}, since \\d{4}-.+Z\\): stop it first`));
  });

  it('when its database user may make no tables', async () => {
    const role = `guest_${process.pid}`;
    await run(databaseUrl, `CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
    const url = new URL(databaseUrl);
    url.username = role;
    url.password = 'secret';
    expect(await refusal({ DATABASE_URL: url.toString() })).toBe('The database cannot be used: permission denied for schema public. Check DATABASE_URL.');
    await run(databaseUrl, `DROP ROLE ${role}`);
  });

  it('when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await refusal({ WEIR_PORT: String(port) })).toBe(
      `Port ${port} on 127.0.0.1 is in use: stop the program that has it, or give another with WEIR_PORT.`,
    );
    other.close();
  });

  it('when there is no database, no such host to listen on, or no folder to write in', async () => {
    const file = path.join(dataDir, 'file');
    await writeFile(file, '');
    await writeFile(path.join(dataDir, 'bad.pem'), 'no certificate');
    const pem = path.join(dataDir, 'bad.pem');
    const sentences = await Promise.all([
      refusal({ DATABASE_URL: 'postgresql://weir:secret@127.0.0.1:1/weir' }),
      refusal({ DATABASE_URL: '' }),
      refusal({ WEIR_HOST: '192.0.2.1', WEIR_ORIGIN: 'https://weir.example.org' }),
      refusal({ WEIR_DATA: path.join(file, 'folder') }),
      refusal({ WEIR_TLS_CERT: path.join(dataDir, 'none.pem'), WEIR_TLS_KEY: pem }),
      refusal({ WEIR_HOST: '0.0.0.0' }),
    ]);
    expect(sentences).toEqual([
      'The database cannot be used: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL.',
      'DATABASE_URL must name the PostgreSQL database.',
      '192.0.2.1 is not an address of this host: give another with WEIR_HOST.',
      expect.stringMatching(/^The data folder .+ cannot be written \(ENOTDIR\): give another with WEIR_DATA, or change its owner\.$/),
      expect.stringMatching(/^WEIR_TLS_CERT \(.+none\.pem\) cannot be read: ENOENT\.$/),
      expect.stringMatching(/^WEIR_HOST is 0\.0\.0\.0, which other hosts can reach/),
    ]);
    expect(await refusal({ WEIR_TLS_CERT: pem, WEIR_TLS_KEY: pem })).toMatch(/^WEIR_TLS_CERT and WEIR_TLS_KEY cannot be used: /);
  });
});
