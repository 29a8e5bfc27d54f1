// What a backup keeps of the data folder and of the tables: all but what is good for a while only or can be made anew.
import { escapeIdentifier } from 'pg';

/** Of WEIR_DATA. Agents obey only this key; the secret of the cookies can be made anew, since there are no sessions. */
export const keptFiles = ['panel-key.pem'] as const;

/** After a restore everyone signs in again; history is left out, for it may be gigabytes of what was, and its budget is kept. */
const conditions: Readonly<Record<string, string>> = {
  Session: 'false',
  SetupToken: '"usedAt" IS NOT NULL',
  HistoryDirector: 'false',
  HistoryObject: 'false',
  HistoryBlock: 'false',
  HistoryUsage: 'false',
};

/** For a FROM. */
export function keptRows(table: string): string {
  return `${escapeIdentifier(table)} WHERE ${conditions[table] ?? 'true'}`;
}

/** Rows that a migration brings, and people only change: with them alone a database is empty. */
const fromMigrations: ReadonlySet<string> = new Set(['AlertRule']);

/** For a FROM: what makes a database one that is in use. */
export function usedRows(table: string): string {
  return fromMigrations.has(table) ? `${escapeIdentifier(table)} WHERE false` : keptRows(table);
}
