// Restores a backup into an empty installation: all of it or nothing.
import type { ClientBase } from 'pg';
import { openDataFolder } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { createHistory, migrate, readMigrations } from '../db/migrate.ts';
import type { Migration } from '../db/migrate.ts';
import { takePanelLock } from '../db/panel-lock.ts';
import { setSequences } from './catalog.ts';
import { messageOf, withConnection } from './connection.ts';
import { BackupError } from './error.ts';
import { BackupHeader } from './header.ts';
import { loadTables } from './load.ts';
import { openSealed } from './sealed-file.ts';

export interface RestoreOptions {
  readonly databaseUrl: string;
  /** WEIR_DATA. */
  readonly dataDir: string;
  readonly file: string;
  readonly migrationsDir: string;
}

export interface RestoredBackup {
  readonly header: BackupHeader;
  /** Tables that Weir does not know, which stayed in the file. */
  readonly foreignTables: readonly string[];
  /** Applied afterwards: the backup is an older version's. */
  readonly migrations: readonly string[];
}

export async function restoreBackup({ databaseUrl, dataDir, file, migrationsDir }: RestoreOptions): Promise<RestoredBackup> {
  const sealed = await openSealed(file);
  try {
    const header = await readHeader(sealed.lines);
    const known = knownMigrations(header, await readMigrations(migrationsDir));
    const folder = await openDataFolder(dataDir);
    await checkFiles(folder, header);
    return await withConnection(databaseUrl, async (client) => {
      // On a connection of its own: its heartbeat goes on while ours is busy.
      const lock = await takePanelLock(databaseUrl, () => undefined);
      try {
        await checkEmpty(client);
        const foreignTables = await inOneTransaction(client, async () => {
          await client.query(createHistory);
          for (const migration of known) await applyMigration(client, migration);
          const foreign = await loadTables(client, header, sealed.lines);
          await setSequences(client, header.sequences);
          // Before the commit: with the rows, but without the key, a panel would make itself another one.
          for (const { name, content } of header.files) await folder.write(name, content);
          return foreign;
        });
        return { header, foreignTables, migrations: await migrateOn(client, migrationsDir) };
      } finally {
        await lock.release();
      }
    });
  } finally {
    await sealed.close();
  }
}

async function readHeader(lines: AsyncGenerator<string>): Promise<BackupHeader> {
  const { value } = await lines.next() as IteratorResult<string, undefined>;
  const parsed = BackupHeader.safeParse(parseJson(value ?? ''));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BackupError(`The backup does not say what it holds (${issue?.path.join('.')}: ${issue?.message}): it was not written by Weir.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function knownMigrations(header: BackupHeader, ours: readonly Migration[]): Migration[] {
  const byName = new Map(ours.map((migration) => [migration.name, migration]));
  return header.migrations.map(({ name, checksum }) => {
    const migration = byName.get(name);
    if (migration === undefined) throw new BackupError(`The backup has the migration ${name}, which this version of Weir does not know: use the newer version.`);
    if (migration.checksum !== checksum) throw new BackupError(`The backup was taken with another text of the migration ${name}: use the version of Weir that took it.`);
    return migration;
  });
}

async function checkFiles(folder: DataFolder, header: BackupHeader): Promise<void> {
  for (const { name, content } of header.files) {
    const there = await folder.read(name);
    if (there !== null && there !== content) {
      throw new BackupError(`The data folder ${folder.dir} has a ${name} of its own, and agents may obey it: restore into a new data folder.`);
    }
  }
}

async function checkEmpty(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      ORDER BY relkind <> 'r', relname LIMIT 1`,
  );
  const [found] = rows;
  if (found !== undefined) throw new BackupError(`The database is not empty ("${found.name}" is in it): restore into a new data folder, or a new database.`);
}

async function applyMigration(client: ClientBase, { name, sql }: Migration): Promise<void> {
  await client.query(sql).catch((error: unknown) => {
    throw new BackupError(`The migration ${name} of the backup cannot be applied: ${messageOf(error)}.`, { cause: error });
  });
}

async function migrateOn(client: ClientBase, migrationsDir: string): Promise<string[]> {
  return migrate(client, migrationsDir).catch((error: unknown) => {
    throw new BackupError(`The backup is restored, but the database cannot be brought up to this version of Weir: ${messageOf(error)}`, { cause: error });
  });
}

async function inOneTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
