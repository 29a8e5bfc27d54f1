// Brings the database's tables up to date: same files, table, checksums and lock as `prisma migrate deploy`.
import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';
import { StartError } from '../errors.ts';

// schema-engine, sql_schema_connector: advisory lock of every migrate command.
export const prismaLockKey = 72_707_369;
const lockDeadlineMs = 10_000;
const migrationDeadlineMs = 600_000;

// As Prisma creates it.
const createTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** Answers the names of the migrations it applied: of all, or of those that are wanted. */
export async function migrate(client: ClientBase, folder: string, wanted?: readonly string[]): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await client.query(`SET lock_timeout = ${lockDeadlineMs}`);
  await client.query('SELECT pg_advisory_lock($1)', [prismaLockKey]).catch((error: unknown) => {
    throw new StartError('Another program is migrating the database (it holds the lock of Prisma\'s migrations): wait until it has ended.', { cause: error });
  });
  try {
    const applied = await readApplied(client);
    checkHistory(migrations, applied);
    const names = new Set(applied.map((row) => row.migration_name));
    const pending = migrations.filter(({ name }) => !names.has(name) && (wanted?.includes(name) ?? true));
    for (const migration of pending) await applyMigration(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [prismaLockKey]);
  }
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new StartError(`Cannot read the database migrations in ${folder}.`, { cause: error });
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return Promise.all(names.map(async (name) => {
    const bytes = await readFile(path.join(folder, name, 'migration.sql'));
    return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
  }));
}

async function readApplied(client: ClientBase): Promise<AppliedRow[]> {
  const tables = await client.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename',
  );
  const foreign = tables.rows[0]?.name;
  if (foreign !== undefined && !tables.rows.some(({ name }) => name === '_prisma_migrations')) {
    throw new StartError(`The database holds tables that are not Weir's ("${foreign}" is one): give an empty database.`);
  }
  await client.query(createTable);
  const { rows } = await client.query<AppliedRow>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at',
  );
  return rows;
}

function checkHistory(migrations: readonly Migration[], applied: readonly AppliedRow[]): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const ours = byName.get(row.migration_name);
    if (ours === undefined) {
      throw new StartError(`The database has the migration ${row.migration_name}, which this version of Weir does not know: start the newer version.`);
    }
    if (row.finished_at === null) {
      throw new StartError(`The migration ${row.migration_name} was begun and not finished: look at the database, then use \`prisma migrate resolve\`.`);
    }
    if (row.checksum !== ours.checksum) {
      throw new StartError(`The migration ${row.migration_name} was changed after the database got it: restore its file.`);
    }
  }
}

async function applyMigration(client: ClientBase, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL statement_timeout = ${migrationDeadlineMs}`);
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The migration ${migration.name} failed and was undone: ${reason}.`, { cause: error });
  }
}
