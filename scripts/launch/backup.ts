// Runs the panel's backup program on a database that runs already, or on the embedded one, started for the moment.
import path from 'node:path';
import { findRunningPostgres, PostgresError, startPostgres } from '@weir/lab/postgres';
import { spawnWard } from '@weir/lab/ward';
import type { BackupOptions } from '../setup/options/backup-options.mjs';
import { Failure } from '../setup/failure.mjs';
import { cleanEnv } from '../setup/run.mjs';
import { exists } from './enrolment.ts';
import { bundles, layoutOf, makeFolders, type Layout } from './layout.ts';

export interface BackupRun extends BackupOptions {
  /** On this data folder. */
  readonly weirRuns: boolean;
}

interface UsableDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** Returns the exit code. */
export async function backUpOrRestore(run: BackupRun): Promise<number> {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort());
  const layout = layoutOf(run.dataDir);
  const database = await useDatabase(run, layout, ending.signal);
  try {
    return await runProgram(run, layout, database.url, ending.signal);
  } finally {
    await database.stop();
  }
}

const leaveRunning = (): Promise<void> => Promise.resolve();

async function useDatabase({ command, databaseUrl, weirRuns, dataDir }: BackupRun, layout: Layout, signal: AbortSignal): Promise<UsableDatabase> {
  if (databaseUrl !== null) return { url: databaseUrl, stop: leaveRunning };
  if (weirRuns) {
    const url = await findRunningPostgres({ dataDir: layout.postgres, socketDir: layout.run });
    if (url !== undefined) return { url, stop: leaveRunning };
    throw new Failure(`Weir runs on ${dataDir}, but its embedded database does not: wait until it has started, or give the DATABASE_URL it was started with.`);
  }
  if (command === 'backup' && !(await exists(path.join(layout.postgres, 'PG_VERSION')))) {
    throw new Failure(`The data folder ${dataDir} has no embedded database: give the DATABASE_URL that Weir is started with, or Weir's folder with --data.`);
  }
  await makeFolders(layout);
  try {
    return await startPostgres({ dataDir: layout.postgres, socketDir: layout.run, logFile: layout.logFile('postgres'), signal });
  } catch (error) {
    if (signal.aborted) throw new Failure('Stopped; nothing was done.', { cause: error });
    throw error instanceof PostgresError ? new Failure(error.message, { cause: error }) : error;
  }
}

async function runProgram({ command, file }: BackupRun, layout: Layout, databaseUrl: string, signal: AbortSignal): Promise<number> {
  if (signal.aborted) throw new Failure('Stopped; nothing was done.');
  const program = await spawnWard({
    command: process.execPath,
    args: ['--enable-source-maps', bundles.backup, command, file],
    env: { ...cleanEnv(), NODE_ENV: 'production', DATABASE_URL: databaseUrl, WEIR_DATA: layout.panel },
    output: 'inherit',
  });
  const end = (): void => program.send('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const { code } = await program.exited;
  return code ?? 1;
}
