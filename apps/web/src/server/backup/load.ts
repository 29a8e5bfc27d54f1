// Loads the rows of a backup into the tables that its migrations have made.
import { escapeIdentifier } from 'pg';
import type { ClientBase } from 'pg';
import { readTables } from './catalog.ts';
import type { Table } from './catalog.ts';
import { messageOf } from './connection.ts';
import { BackupError } from './error.ts';
import type { BackupHeader, TableHeader } from './header.ts';

const batchRowsMax = 1_000;
// One row may be larger.
const batchChars = 2 * 1024 * 1024;

/** Inside a transaction. Answers the names of the tables in the backup that the migrations have not made; their rows are left out. */
export async function loadTables(client: ClientBase, header: BackupHeader, lines: AsyncIterator<string>): Promise<string[]> {
  const tables = new Map((await readTables(client)).map((table) => [table.name, table]));
  const foreign: string[] = [];
  const checkReferencesAgain = await checkReferencesAtEnd(client);
  await clear(client, Array.from(tables.keys()));
  for (const wanted of header.tables) {
    const table = tables.get(wanted.name);
    if (table === undefined) foreign.push(wanted.name);
    await load(wanted, lines, table === undefined ? null : inserter(client, wanted, table));
  }
  if ((await lines.next()).done !== true) throw new BackupError('The backup has more rows than it says.');
  await checkReferencesAgain();
  return foreign;
}

/** Migrations bring rows, at least those of their history, and a panel that starts does; the backup has them as they were by then. */
async function clear(client: ClientBase, tables: readonly string[]): Promise<void> {
  for (const table of tables.map((name) => escapeIdentifier(name))) {
    const { rows } = await client.query(`SELECT FROM ${table} LIMIT 1`);
    // An append-only table refuses even a DELETE of nothing.
    if (rows.length > 0) await client.query(`DELETE FROM ${table}`);
  }
}

/** Rows may come before those they refer to. */
async function checkReferencesAtEnd(client: ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ table: string; name: string }>(
    `SELECT relation.relname AS table, reference.conname AS name
       FROM pg_constraint AS reference JOIN pg_class AS relation ON relation.oid = reference.conrelid
      WHERE reference.contype = 'f' AND reference.connamespace = current_schema()::regnamespace AND NOT reference.condeferrable`,
  );
  const alter = async (how: string): Promise<void> => {
    for (const { table, name } of rows) {
      await client.query(`ALTER TABLE ${escapeIdentifier(table)} ALTER CONSTRAINT ${escapeIdentifier(name)} ${how}`);
    }
  };
  await alter('DEFERRABLE');
  await client.query('SET CONSTRAINTS ALL DEFERRED');
  return async () => {
    await client.query('SET CONSTRAINTS ALL IMMEDIATE').catch((error: unknown) => {
      throw new BackupError(`The rows of the backup do not fit each other: ${messageOf(error)}.`, { cause: error });
    });
    await alter('NOT DEFERRABLE');
  };
}

type Insert = (batch: readonly string[]) => Promise<void>;

async function load({ name, rows }: TableHeader, lines: AsyncIterator<string>, insert: Insert | null): Promise<void> {
  let batch: string[] = [];
  let chars = 0;
  for (let left = rows; left > 0; left -= 1) {
    const line = await lines.next();
    if (line.done === true) throw new BackupError(`The backup has ${left} rows of "${name}" fewer than it says.`);
    batch.push(line.value);
    chars += line.value.length;
    if (left > 1 && batch.length < batchRowsMax && chars < batchChars) continue;
    await insert?.(batch);
    batch = [];
    chars = 0;
  }
}

function inserter(client: ClientBase, wanted: TableHeader, table: Table): Insert {
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  const values = wanted.columns.map((column, index) => {
    const type = types.get(column);
    if (type === undefined) throw new BackupError(`The backup has a column "${column}" of "${wanted.name}" that its migrations have not made.`);
    return `(line->>${index})::${type}`;
  });
  if (wanted.columns.length !== types.size) throw new BackupError(`The backup has not all columns of "${wanted.name}".`);
  const columns = wanted.columns.map((column) => escapeIdentifier(column)).join(', ');
  const statement = `INSERT INTO ${escapeIdentifier(wanted.name)} (${columns}) OVERRIDING SYSTEM VALUE
    SELECT ${values.join(', ')} FROM json_array_elements($1::json) AS line`;
  return async (batch) => {
    const { rowCount } = await client.query(statement, [`[${batch.join(',')}]`]).catch((error: unknown) => {
      throw new BackupError(`Rows of "${wanted.name}" cannot be restored: ${messageOf(error)}.`, { cause: error });
    });
    if (rowCount !== batch.length) throw new BackupError(`Of ${batch.length} rows of "${wanted.name}" the database took ${rowCount ?? 0}.`);
  };
}
