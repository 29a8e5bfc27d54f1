// Takes a backup: everything the panel knows, as it was at one moment, in one file. The panel may run meanwhile.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { escapeIdentifier } from 'pg';
import type { ClientBase } from 'pg';
import { codeOf } from '../data-folder.ts';
import { prismaLockKey } from '../db/migrate.ts';
import { readSequences, readTables, rowAsLine } from './catalog.ts';
import type { Table } from './catalog.ts';
import { messageOf, withConnection } from './connection.ts';
import { BackupError } from './error.ts';
import type { BackupHeader } from './header.ts';
import { keptFiles, keptRows } from './kept.ts';
import { writeSealed } from './sealed-file.ts';

export interface TakeOptions {
  readonly databaseUrl: string;
  /** WEIR_DATA. */
  readonly dataDir: string;
  readonly file: string;
  readonly now: Date;
  readonly signal?: AbortSignal;
}

export interface TakenBackup {
  readonly header: BackupHeader;
  readonly fileBytes: number;
}

const batchRowsMax = 1_000;
// A batch is held in memory; a single row may be larger.
const batchBytes = 4 * 1024 * 1024;

interface CountedTable extends Table {
  readonly rows: number;
  readonly longestRowBytes: number;
}

export async function takeBackup({ databaseUrl, dataDir, file, now, signal }: TakeOptions): Promise<TakenBackup> {
  const files = await readKeptFiles(dataDir);
  return withConnection(databaseUrl, async (client) => {
    const migrations = await beginSnapshot(client);
    const tables: CountedTable[] = [];
    for (const table of await readTables(client)) tables.push(await count(client, table));
    // After the snapshot: a sequence is never behind its table then.
    const sequences = await readSequences(client);
    const header: BackupHeader = {
      takenAt: now.toISOString(),
      migrations,
      files,
      tables: tables.map(({ name, columns, rows }) => ({ name, rows, columns: columns.map((column) => column.name) })),
      sequences,
    };
    const fileBytes = await writeSealed(file, lines(client, header, tables), signal);
    return { header, fileBytes };
  });
}

async function readKeptFiles(dataDir: string): Promise<BackupHeader['files']> {
  return Promise.all(keptFiles.map(async (name) => {
    const content = await readFile(path.join(dataDir, name), 'utf8').catch((error: unknown) => {
      throw new BackupError(`${path.join(dataDir, name)}, without which no director obeys, cannot be read (${codeOf(error)}): give the data folder of the panel that uses this database.`, { cause: error });
    });
    return { name, content };
  }));
}

/** One moment for all tables, and no migration until the end: neither under way now nor begun later. */
async function beginSnapshot(client: ClientBase): Promise<BackupHeader['migrations']> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [prismaLockKey]);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const tables = (await readTables(client)).map(({ name }) => escapeIdentifier(name));
  if (!tables.includes('"_prisma_migrations"')) throw new BackupError('The database holds nothing of Weir: there is nothing to back up.');
  await client.query(`LOCK TABLE ${tables.join(', ')} IN ACCESS SHARE MODE`);
  await client.query('SELECT pg_advisory_unlock_shared($1)', [prismaLockKey]);
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  const unfinished = rows.find(({ finished }) => !finished);
  if (unfinished !== undefined) throw new BackupError(`The migration ${unfinished.name} was begun and not finished: start Weir first, and do what it says.`);
  return rows.map(({ name, checksum }) => ({ name, checksum }));
}

async function count(client: ClientBase, table: Table): Promise<CountedTable> {
  const { rows } = await client.query<{ rows: string; longest: number }>(
    `SELECT count(*) AS rows, coalesce(max(octet_length(${rowAsLine(table.columns)})), 0) AS longest FROM ${keptRows(table.name)}`,
  );
  return { ...table, rows: Number(rows[0]?.rows), longestRowBytes: rows[0]?.longest ?? 0 };
}

async function* lines(client: ClientBase, header: BackupHeader, tables: readonly CountedTable[]): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`;
  for (const table of tables) {
    try {
      yield* rowsOf(client, table);
    } catch (error) {
      throw new BackupError(`The rows of "${table.name}" cannot be read: ${messageOf(error)}.`, { cause: error });
    }
  }
}

async function* rowsOf(client: ClientBase, table: CountedTable): AsyncGenerator<string> {
  const batchRows = Math.min(batchRowsMax, Math.max(1, Math.floor(batchBytes / Math.max(1, table.longestRowBytes))));
  await client.query(`DECLARE backup NO SCROLL CURSOR FOR SELECT ${rowAsLine(table.columns)} AS line FROM ${keptRows(table.name)}`);
  for (let left = table.rows; left > 0;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${batchRows} FROM backup`);
    if (rows.length === 0) throw new BackupError(`the database gives ${left} fewer than it counted`);
    left -= rows.length;
    yield rows.map(({ line }) => `${line}\n`).join('');
  }
  await client.query('CLOSE backup');
}
