// Databases for tests, on a real PostgreSQL: the embedded one, or one given from outside.
import { setTimeout as delay } from 'node:timers/promises';
import { startTemporaryPostgres } from '@weir/lab/postgres';
import { nanoid } from 'nanoid';
import { Client } from 'pg';
import { testServerUrl } from './env.ts';

const dropDeadlineMs = 30_000;
const dropPauseMs = 200;

export interface TestServer {
  /** An empty database's URL. */
  createDatabase(): Promise<string>;
  remove(): Promise<void>;
}

export async function openTestServer(): Promise<TestServer> {
  const embedded = testServerUrl === undefined ? await startTemporaryPostgres() : undefined;
  const adminUrl = testServerUrl ?? embedded?.url ?? '';
  const names: string[] = [];
  return {
    createDatabase: async () => {
      const name = `weir_test_${nanoid(8).toLowerCase().replaceAll('-', '_')}`;
      await run(adminUrl, `CREATE DATABASE "${name}"`);
      names.push(name);
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      return url.toString();
    },
    remove: async () => {
      if (embedded !== undefined) return embedded.remove();
      for (const name of names) await drop(adminUrl, name);
      return undefined;
    },
  };
}

/** A clean-up of the server's own (autovacuum) may be at work in it for a moment, and is not ours to end. */
async function drop(url: string, name: string): Promise<void> {
  for (const giveUpAt = performance.now() + dropDeadlineMs; ; await delay(dropPauseMs)) {
    try {
      await run(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
    }
  }
}

/** One statement on a connection of its own. */
export async function run(url: string, sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql, [...values]);
    return result.rows;
  } finally {
    await client.end();
  }
}
