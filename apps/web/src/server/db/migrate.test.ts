// The migration runner against a real PostgreSQL, with Prisma's own engine as witness.
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestServer, run } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { migrationsDir, schemaFile } from '../testing/migrations.ts';
import { migrate } from './migrate.ts';
import { diffToSchema, migrationStatus } from './testing/schema-engine.ts';

let server: TestServer;
let url: string;
let folder: string;

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.remove());

beforeEach(async () => {
  url = await server.createDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'weir-migrations-'));
  await cp(migrationsDir, folder, { recursive: true });
  return () => rm(folder, { recursive: true });
});

async function migrated(from = folder): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await migrate(client, from);
  } finally {
    await client.end();
  }
}

async function ours(): Promise<string[]> {
  return (await readdir(migrationsDir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted();
}

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name));
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

describe('the migration runner', () => {
  it('applies every migration to an empty database, and none a second time', async () => {
    const names = await ours();
    expect(await migrated()).toEqual(names);
    expect(await migrated()).toEqual([]);
    expect(await run(url, 'SELECT applied_steps_count AS steps, finished_at IS NOT NULL AS finished FROM _prisma_migrations'))
      .toEqual(names.map(() => ({ steps: 1, finished: true })));
  });

  it('leads to exactly the tables that schema.prisma describes', async () => {
    await migrated();
    const schema = await readFile(schemaFile, 'utf8');
    expect(await diffToSchema(url, schema)).toBe('-- This is an empty migration.');
    // The witness sees what is missing.
    expect(await diffToSchema(url, schema.replace('model Director {', 'model Director {\n  note String?'))).toContain('ADD COLUMN     "note" TEXT');
  });

  it('leaves a history that Prisma finds complete and unchanged', async () => {
    const schema = await readFile(schemaFile, 'utf8');
    await migrated();
    expect(await migrationStatus(url, schema, migrationsDir)).toMatchObject({
      hasMigrationsTable: true, history: null, editedMigrationNames: [], failedMigrationNames: [],
    });
    const [name = ''] = await readdir(folder);
    await writeFile(path.join(folder, name, 'migration.sql'), '-- other');
    expect(await migrationStatus(url, schema, folder)).toMatchObject({ editedMigrationNames: [name] });
  });

  it('applies only what is new', async () => {
    await migrated();
    await addMigration('29990101000000_note', 'CREATE TABLE note (text TEXT);');
    expect(await migrated()).toEqual(['29990101000000_note']);
  });

  it('lets two at once apply each migration once', async () => {
    const both = await Promise.all([migrated(), migrated()]);
    expect(both.flat()).toEqual(await ours());
  });

  it('undoes a migration that fails, with its row', async () => {
    await addMigration('29990101000000_bad', 'CREATE TABLE half (id INT); SELECT 1/0;');
    await expect(migrated()).rejects.toThrow('The migration 29990101000000_bad failed and was undone: division by zero.');
    expect(await run(url, "SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
    expect(await run(url, 'SELECT count(*)::int AS rows FROM _prisma_migrations')).toEqual([{ rows: (await ours()).length }]);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    await migrated();
    const [name = ''] = await readdir(migrationsDir);
    await writeFile(path.join(folder, name, 'migration.sql'), '-- other');
    await expect(migrated()).rejects.toThrow('was changed after the database got it');
  });

  it('refuses a database that a newer version has migrated', async () => {
    await addMigration('29990101000000_newer', 'SELECT 1;');
    await migrated();
    await expect(migrated(migrationsDir)).rejects.toThrow('29990101000000_newer, which this version of Weir does not know');
  });

  it('refuses a migration that another program left unfinished', async () => {
    await migrated();
    await run(url, 'UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrated()).rejects.toThrow('was begun and not finished');
  });

  it('refuses a database with tables of somebody else, and leaves it alone', async () => {
    await run(url, 'CREATE TABLE theirs (id INT)');
    await expect(migrated()).rejects.toThrow('("theirs" is one): give an empty database');
    expect(await run(url, "SELECT to_regclass('_prisma_migrations') AS made")).toEqual([{ made: null }]);
  });
});

describe('append-only tables', () => {
  beforeEach(async () => {
    await migrated();
    await run(url, `INSERT INTO "AuditEntry" (action, "objectKind", outcome) VALUES ('a.b', 'c', 'done')`);
    await run(url, `INSERT INTO "Cluster" (id, name, "headRevisionNumber", "wantedRevisionNumber") VALUES ('c', 'web', 1, 1)`);
    await run(url, `INSERT INTO "Revision" ("clusterId", number, definition, "authorId", "authorName", reason) VALUES ('c', 1, '{}', 'p', 'Ann', '')`);
    await run(url, `INSERT INTO "Verdict" ("clusterId", "revisionNumber", decision, "personId", "personName", note) VALUES ('c', 1, 'approved', 'q', 'Bob', '')`);
  });

  const columns = { AuditEntry: 'action', Revision: 'reason', Verdict: 'note' };

  it.each(['AuditEntry', 'Revision', 'Verdict'] as const)('refuse to change or remove rows of %s', async (table) => {
    const column = columns[table];
    await expect(run(url, `UPDATE "${table}" SET "${column}" = 'x'`)).rejects.toThrow(`${table} is append-only: UPDATE is refused`);
    await expect(run(url, `DELETE FROM "${table}"`)).rejects.toThrow(`${table} is append-only: DELETE is refused`);
    await expect(run(url, `TRUNCATE "${table}" CASCADE`)).rejects.toThrow(`${table} is append-only: TRUNCATE is refused`);
    expect(await run(url, `SELECT "${column}" AS value FROM "${table}"`)).toEqual([{ value: table === 'AuditEntry' ? 'a.b' : '' }]);
  });

  it('keep a revision when its cluster is deleted', async () => {
    await expect(run(url, 'DELETE FROM "Cluster"')).rejects.toThrow('violates');
  });
});
