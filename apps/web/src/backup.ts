// The program of `npm run backup` and `npm run restore`: `backup FILE` or `restore FILE`, with the panel's own settings.
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { BackupError } from './server/backup/error.ts';
import type { BackupHeader } from './server/backup/header.ts';
import { restoreBackup } from './server/backup/restore.ts';
import { takeBackup } from './server/backup/take.ts';
import { readStorageConfig } from './server/env.ts';
import { StartError } from './server/errors.ts';

// The same seen from src/backup.ts and from dist/backup.mjs.
const migrationsDir = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

type Storage = ReturnType<typeof readStorageConfig>;

async function backup({ databaseUrl, dataDir }: Storage, file: string): Promise<void> {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort(new BackupError('Stopped; no backup was written.')));
  const { header, fileBytes } = await takeBackup({ databaseUrl, dataDir, file, now: new Date(), signal: ending.signal });
  say(`Wrote ${file} (${fileBytes} bytes): ${contents(header)}.`);
  say('Sessions and unused setup links are left out. Keep the file to yourself: it holds the key that directors obey and everyone\'s password hash.');
}

async function restore({ databaseUrl, dataDir }: Storage, file: string): Promise<void> {
  const { header, foreignTables, migrations } = await restoreBackup({ databaseUrl, dataDir, file, migrationsDir });
  say(`Restored ${file}, taken ${header.takenAt}: ${contents(header)}.`);
  if (foreignTables.length > 0) say(`Left out, since Weir does not know them: ${foreignTables.join(', ')}.`);
  if (migrations.length > 0) say(`Then brought up to this version: ${migrations.join(', ')}.`);
  say('Next: make sure that the panel it was taken from never runs again, since directors obey both; start Weir here; everyone signs in again.');
}

function contents({ tables, files }: BackupHeader): string {
  const counts = tables.filter(({ name, rows }) => rows > 0 && name !== '_prisma_migrations').map(({ name, rows }) => `${name} ${rows}`);
  return [...counts, ...files.map(({ name }) => name)].join(', ');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const [command, file = ''] = process.argv.slice(2);
try {
  if ((command !== 'backup' && command !== 'restore') || file === '') throw new BackupError('Usage: backup FILE, or restore FILE.');
  await (command === 'backup' ? backup : restore)(readStorageConfig(), path.resolve(file));
} catch (error) {
  const isSentence = error instanceof BackupError || error instanceof StartError;
  // What is not foreseen is a defect and keeps its stack.
  process.stderr.write(`${error instanceof Error ? (isSentence ? error.message : (error.stack ?? error.message)) : String(error)}\n`);
  process.exitCode = 1;
}
