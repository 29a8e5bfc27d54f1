// The lock that only one panel has, on a real PostgreSQL.
import { hostname } from 'node:os';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestServer, run } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { takePanelLock } from './panel-lock.ts';
import type { PanelLock } from './panel-lock.ts';

let server: TestServer;
let url: string;
const held: PanelLock[] = [];

beforeAll(async () => {
  server = await openTestServer();
  url = await server.createDatabase();
});
afterAll(() => server.remove());
afterEach(async () => {
  for (const lock of held.splice(0)) await lock.release();
});

async function take(database = url, onLost: (reason: string) => void = () => undefined): Promise<PanelLock> {
  const lock = await takePanelLock(database, onLost);
  held.push(lock);
  return lock;
}

describe('the panel lock', () => {
  it('tells a second panel which process on which host has the database, and since when', async () => {
    const before = Date.now() - 1_000;
    await take();
    const error = await take().then(() => null, (thrown: Error) => thrown);
    expect(error?.name).toBe('StartError');
    const [, who, since = ''] = /^Another panel holds this database \((.+), since (.+)\): stop it first/.exec(error?.message ?? '') ?? [];
    expect(who).toBe(`process ${process.pid} on host ${hostname()}`);
    expect(Date.parse(since)).toBeGreaterThan(before);
    expect(Date.parse(since)).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it('is free again after a release', async () => {
    const first = await take();
    await first.release();
    await expect(take()).resolves.toBeDefined();
  });

  it('waits a moment for a panel that is just ending', async () => {
    const first = await take();
    const second = take();
    await first.release();
    await expect(second).resolves.toBeDefined();
  });

  it('keeps panels of different databases apart', async () => {
    await take();
    await expect(take(await server.createDatabase())).resolves.toBeDefined();
  });

  it('says once that it is lost when the server ends its connection', async () => {
    const onLost = vi.fn<(reason: string) => void>();
    await take(url, onLost);
    await run(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'weir-panel %' AND datname = current_database()");
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), { timeout: 5_000 });
    await expect(take()).resolves.toBeDefined();
    expect(onLost).toHaveBeenCalledOnce();
  });

  it('is held through a migration that takes longer than an answer may', async () => {
    const onLost = vi.fn<(reason: string) => void>();
    const lock = await take(url, onLost);
    await lock.client.query('SELECT pg_sleep(11)');
    lock.watch();
    expect(onLost).not.toHaveBeenCalled();
  });

  it('does not call a release a loss', async () => {
    const onLost = vi.fn<(reason: string) => void>();
    const lock = await take(url, onLost);
    await lock.release();
    expect(onLost).not.toHaveBeenCalled();
  });
});
