// The panel's control plane for tests: on a real database, without HTTP in front.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import type { Author } from '../clusters/saving/save.ts';
import { startControlPlane } from '../control-plane.ts';
import type { ControlPlane, ControlPlaneOptions } from '../control-plane.ts';
import { openDataFolder } from '../data-folder.ts';
import { openDatabase } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { migrationsDir } from './migrations.ts';

/** Short enough for a test to wait for. */
export const shortDeadlines = { connectMs: 1_000, askMs: 1_000, planMs: 2_000, applyMs: 3_000, silenceMs: 6_000 };
/** Where nobody is silent: a busy machine answers late. */
export const longDeadlines = { connectMs: 10_000, askMs: 15_000, planMs: 20_000, applyMs: 60_000, silenceMs: 15_000 };

export const ann: Author = { person: { id: 'ann', name: 'Ann' }, address: '127.0.0.1' };
export const bob: Author = { person: { id: 'bob', name: 'Bob' }, address: '127.0.0.1' };

export interface TestPlane extends ControlPlane {
  readonly db: Database;
  readonly dataDir: string;
  /** Ends the session of whoever follows live data with it. */
  readonly endSession: (sessionId: string) => void;
  /** Stops the control plane; what comes back starts it again on the same database and folder. */
  readonly stopped: () => Promise<() => Promise<TestPlane>>;
  readonly restarted: () => Promise<TestPlane>;
  readonly close: () => Promise<void>;
}

export interface TestPlaneOptions {
  readonly deadlines?: typeof shortDeadlines;
  readonly enrolCodeFile?: string;
  readonly labSocket?: string;
  readonly historyPace?: NonNullable<ControlPlaneOptions['historyPace']>;
}

export async function startTestPlane(databaseUrl: string, options: TestPlaneOptions = {}, kept?: string): Promise<TestPlane> {
  const dataDir = kept ?? await mkdtemp(path.join(tmpdir(), 'weir-plane-'));
  const logger = pino({ level: 'silent' });
  if (kept === undefined) await migrated(databaseUrl);
  const database = openDatabase(databaseUrl, logger);
  const listeners = new Set<(sessionIds: readonly string[]) => void>();
  const plane = await startControlPlane({
    db: database.db,
    pool: database.pool,
    folder: await openDataFolder(dataDir),
    sessions: {
      onEnded: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    config: { enrolCodeFile: options.enrolCodeFile ?? null, tutorial: 'loopback', labSocket: options.labSocket ?? null },
    logger,
    deadlines: options.deadlines ?? shortDeadlines,
    ...(options.historyPace && { historyPace: options.historyPace }),
    retry: { firstMs: 50, maxMs: 500 },
  });
  const stop = async (): Promise<void> => {
    await plane.close();
    await database.close();
  };
  const start = (): Promise<TestPlane> => startTestPlane(databaseUrl, options, dataDir);
  return {
    ...plane.parts,
    db: database.db,
    dataDir,
    endSession: (sessionId) => listeners.forEach((listener) => listener([sessionId])),
    stopped: async () => {
      await stop();
      return start;
    },
    restarted: async () => {
      await stop();
      return start();
    },
    close: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function migrated(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await migrate(client, migrationsDir);
  } finally {
    await client.end();
  }
}
