// Restores a backup into an empty installation: all of it, or the installation stays empty.
import type { ClientBase } from 'pg';
import { openDataFolder } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { migrate, readMigrations } from '../db/migrate.ts';
import { takePanelLock } from '../db/panel-lock.ts';
import { readTables, setSequences } from './catalog.ts';
import { messageOf, withConnection } from './connection.ts';
import { BackupError } from './error.ts';
import { BackupHeader } from './header.ts';
import { usedRows } from './kept.ts';
import { loadTables } from './load.ts';
import { openSealed } from './sealed-file.ts';

const history = '_prisma_migrations';

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
    await checkMigrations(header, migrationsDir);
    const folder = await openDataFolder(dataDir);
    await checkFiles(folder, header);
    return await withConnection(databaseUrl, async (client) => {
      // On a connection of its own: its heartbeat goes on while ours is busy.
      const lock = await takePanelLock(databaseUrl, () => undefined);
      try {
        await checkEmpty(client, header);
        // Committed one by one: PostgreSQL before 17 lets nobody use an enum's new value before that.
        await migrate(client, migrationsDir, header.migrations.map(({ name }) => name));
        const foreignTables = await inOneTransaction(client, async () => {
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

async function checkMigrations(header: BackupHeader, migrationsDir: string): Promise<void> {
  const ours = new Map((await readMigrations(migrationsDir)).map((migration) => [migration.name, migration.checksum]));
  for (const { name, checksum } of header.migrations) {
    const known = ours.get(name);
    if (known === undefined) throw new BackupError(`The backup has the migration ${name}, which this version of Weir does not know: use the newer version.`);
    if (known !== checksum) throw new BackupError(`The backup was taken with another text of the migration ${name}: use the version of Weir that took it.`);
  }
}

async function checkFiles(folder: DataFolder, header: BackupHeader): Promise<void> {
  for (const { name, content } of header.files) {
    const there = await folder.read(name);
    if (there !== null && there !== content) {
      throw new BackupError(`The data folder ${folder.dir} has a ${name} of its own, and agents may obey it: restore into a new data folder.`);
    }
  }
}

/** Nothing at all, or what is left where a restore was interrupted or a panel has only just started: Weir's tables without rows. */
async function checkEmpty(client: ClientBase, header: BackupHeader): Promise<void> {
  const { rows: relations } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') ORDER BY relname`,
  );
  if (relations.length === 0) return;
  if (!relations.some(({ name }) => name === history)) throw notEmpty(`"${relations[0]?.name}" is in it`);
  for (const { name } of await readTables(client)) {
    if (name !== history && (await client.query(`SELECT FROM ${usedRows(name)} LIMIT 1`)).rows.length > 0) throw notEmpty(`"${name}" has rows`);
  }
  const { rows: applied } = await client.query<{ name: string }>(`SELECT migration_name AS name FROM "${history}"`);
  const newer = applied.find(({ name }) => header.migrations.every((migration) => migration.name !== name));
  if (newer !== undefined) throw notEmpty(`it has the migration ${newer.name}, which the backup has not`);
}

function notEmpty(what: string): BackupError {
  return new BackupError(`The database is not empty (${what}): restore into a new data folder, or a new database.`);
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
