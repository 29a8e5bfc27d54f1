// One connection to the database for the time of a backup or a restore.
import { Client } from 'pg';
import { codeOf } from '../data-folder.ts';
import { prepareSession } from './catalog.ts';
import { BackupError } from './error.ts';

const connectDeadlineMs = 5_000;

export async function withConnection<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectDeadlineMs, keepAlive: true, application_name: 'weir-backup' });
  // A connection that breaks fails the statement that waits on it, too.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // No word about the URL: it holds the password.
    throw new BackupError(`The database cannot be used: ${messageOf(error)}. Check DATABASE_URL.`, { cause: error });
  }
  try {
    await prepareSession(client);
    return await work(client);
  } finally {
    await client.end();
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : codeOf(error);
}
