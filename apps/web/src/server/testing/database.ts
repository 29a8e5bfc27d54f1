// Databases for tests, on a real PostgreSQL: the embedded one, or one given from outside.
import { startTemporaryPostgres } from '@weir/lab/postgres';
import { nanoid } from 'nanoid';
import { Client } from 'pg';
import { testServerUrl } from './env.ts';

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
      for (const name of names) await run(adminUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      return undefined;
    },
  };
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
