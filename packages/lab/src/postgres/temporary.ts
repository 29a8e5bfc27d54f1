// A PostgreSQL server for one test: in a folder of its own that is removed when it stops.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres, type PostgresOptions, type RunningPostgres } from './server.ts';

export interface TemporaryPostgres extends RunningPostgres {
  /** Starts it again on the same folder, after stop() or kill(); the url stays. */
  restart(): Promise<void>;
  /** Stops it and removes the folder. */
  remove(): Promise<void>;
}

export async function startTemporaryPostgres(options: Pick<PostgresOptions, 'programDir' | 'settings'> = {}): Promise<TemporaryPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'weir-postgres-'));
  const start = (): Promise<RunningPostgres> =>
    startPostgres({ dataDir: path.join(folder, 'data'), socketDir: folder, logFile: path.join(folder, 'log'), ...options });
  let running = await start().catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    url: running.url,
    majorVersion: running.majorVersion,
    get pid() {
      return running.pid;
    },
    get exited() {
      return running.exited;
    },
    stop: (deadlineMs) => running.stop(deadlineMs),
    kill: () => running.kill(),
    restart: async () => {
      running = await start();
    },
    remove: async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
