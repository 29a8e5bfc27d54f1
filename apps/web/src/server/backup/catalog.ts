// What the database itself says it holds: tables with their columns, and sequences. No list of ours has to be extended with a migration.
import { escapeIdentifier } from 'pg';
import type { ClientBase } from 'pg';

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

export interface Column {
  readonly name: string;
  /** As it can stand in a cast. */
  readonly type: string;
}

// Values as text: the same on both sides, whatever server and role have set.
const session = `SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 1;
  SET row_security = off; SET standard_conforming_strings = on; SET lock_timeout = '10s'; SET statement_timeout = '600s'; SET idle_in_transaction_session_timeout = 0`;

export async function prepareSession(client: ClientBase): Promise<void> {
  await client.query(session);
}

export async function readTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `SELECT relation.relname AS table, attribute.attname AS column, format_type(attribute.atttypid, attribute.atttypmod) AS type
       FROM pg_class AS relation JOIN pg_attribute AS attribute ON attribute.attrelid = relation.oid
      WHERE relation.relnamespace = current_schema()::regnamespace AND relation.relkind = 'r'
        AND attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attgenerated = ''
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = relation.oid AND deptype = 'e')
      ORDER BY relation.relname, attribute.attnum`,
  );
  const tables = new Map<string, Column[]>();
  for (const { table, column, type } of rows) tables.set(table, [...(tables.get(table) ?? []), { name: column, type }]);
  return Array.from(tables, ([name, columns]) => ({ name, columns }));
}

export async function readSequences(client: ClientBase): Promise<{ name: string; lastValue: string }[]> {
  const { rows } = await client.query<{ name: string; lastValue: string }>(
    `SELECT sequencename AS name, last_value::text AS "lastValue" FROM pg_sequences
      WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename`,
  );
  return rows;
}

export async function setSequences(client: ClientBase, sequences: readonly { name: string; lastValue: string }[]): Promise<void> {
  for (const { name, lastValue } of sequences) {
    await client.query('SELECT setval($1::regclass, $2::bigint)', [escapeIdentifier(name), lastValue]);
  }
}

/** A row as one line: a JSON array of every column's text. Unlike JSON values it keeps what JavaScript and JSON cannot tell apart. */
export function rowAsLine(columns: readonly Pick<Column, 'name'>[]): string {
  return `to_json(ARRAY[${columns.map(({ name }) => `${escapeIdentifier(name)}::text`).join(', ')}])::text`;
}
