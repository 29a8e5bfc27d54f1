// Starts and stops a PostgreSQL server that listens on a unix socket only, and dies with this process.
import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { describeExit, endsWithin, spawnWard, type Exit, type WardedChild } from '../ward.ts';
import { databaseName, prepareCluster, readPassword } from './cluster.ts';
import { PostgresError } from './error.ts';
import { waitForLeftovers } from './leftover.ts';
import { asOrdinaryUser, checkOrdinaryUserIsPossible, findPostgresPrograms, type PostgresPrograms } from './programs.ts';

export interface PostgresOptions {
  /** The server's data folder; made if there is none. */
  readonly dataDir: string;
  /** The folder of the unix socket, made with mode 0700 if there is none. */
  readonly socketDir: string;
  readonly logFile: string;
  /** The folder of initdb and postgres; without it, those that npm installed. */
  readonly programDir?: string;
  /** Settings for `-c`, over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Gives the start up. */
  readonly signal?: AbortSignal;
}

export interface RunningPostgres {
  readonly url: string;
  readonly pid: number;
  readonly majorVersion: string;
  readonly exited: Promise<Exit>;
  /** Ends it in order (open transactions are rolled back); after the deadline by force. */
  stop(deadlineMs?: number): Promise<void>;
  /** kill -9, as if the power went. */
  kill(): Promise<void>;
}

const port = 5432;
// sun_path has 108 bytes with its final zero.
const socketPathLimitBytes = 107;
// Recovery after a crash replays at most max_wal_size.
const readyDeadlineMs = 120_000;

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const socketDir = path.resolve(options.socketDir);
  checkSocketPath(socketDir);
  await checkOrdinaryUserIsPossible();
  const programs = await findPostgresPrograms(options.programDir);
  const password = await prepareCluster(dataDir, programs);
  await waitForLeftovers(dataDir);
  await mkdir(socketDir, { recursive: true, mode: 0o700 });
  const url = urlOf(password, socketDir);
  const child = await spawnServer(programs, { ...options, dataDir, socketDir });
  try {
    await untilReady(url, child, options);
  } catch (error) {
    await stopServer(child, 5000);
    throw error;
  }
  return {
    url,
    pid: child.pid,
    majorVersion: programs.majorVersion,
    exited: child.exited,
    stop: (deadlineMs = 15_000) => stopServer(child, deadlineMs),
    kill: async () => {
      child.send('SIGKILL');
      await child.exited;
    },
  };
}

/** The URL of a server that another process has started on these folders; undefined if none is listening there. */
export async function findRunningPostgres({ dataDir, socketDir }: Pick<PostgresOptions, 'dataDir' | 'socketDir'>): Promise<string | undefined> {
  const password = await readPassword(path.resolve(dataDir));
  if (password === undefined) return undefined;
  const url = urlOf(password, path.resolve(socketDir));
  return (await askForReadiness(url)) === undefined ? url : undefined;
}

function urlOf(password: string, socketDir: string): string {
  return `postgresql://${databaseName}:${password}@localhost/${databaseName}?host=${encodeURIComponent(socketDir)}`;
}

function checkSocketPath(socketDir: string): void {
  const bytes = Buffer.byteLength(path.join(socketDir, `.s.PGSQL.${port}`));
  if (bytes > socketPathLimitBytes) {
    throw new PostgresError(
      `The path of the database's unix socket in ${socketDir} would have ${bytes} bytes, and ${socketPathLimitBytes} are possible: give a folder with a shorter path.`,
    );
  }
}

async function spawnServer(programs: PostgresPrograms, options: PostgresOptions): Promise<WardedChild> {
  const settings = {
    listen_addresses: '',
    // A list: the quotes keep a comma in the path from ending it.
    unix_socket_directories: `"${options.socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_wal_size: '256MB',
    ...options.settings,
  };
  const call = asOrdinaryUser(programs.postgres, [
    '-D',
    options.dataDir,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const log = await open(options.logFile, 'a', 0o600);
  try {
    return await spawnWard({ ...call, signal: 'INT', output: log.fd });
  } finally {
    await log.close();
  }
}

async function untilReady(url: string, child: WardedChild, { logFile, signal }: PostgresOptions): Promise<void> {
  let exit: Exit | undefined;
  void child.exited.then((ended) => (exit = ended));
  const giveUpAt = Date.now() + readyDeadlineMs;
  for (;;) {
    const answer = await askForReadiness(url);
    if (answer === undefined) return;
    signal?.throwIfAborted();
    if (exit) throw new PostgresError(`PostgreSQL ended at its start (${describeExit(exit)}):\n${await lastLines(logFile)}`);
    if (Date.now() > giveUpAt) throw new PostgresError(`PostgreSQL is not ready after ${readyDeadlineMs / 1000} s (${answer.message}); see ${logFile}.`);
    await delay(20);
  }
}

async function askForReadiness(url: string): Promise<Error | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopServer(child: WardedChild, deadlineMs: number): Promise<void> {
  // Fast shutdown, then immediate shutdown (recovers at the next start), then force.
  child.send('SIGINT');
  if (await endsWithin(child.exited, deadlineMs)) return;
  child.send('SIGQUIT');
  if (await endsWithin(child.exited, 5000)) return;
  child.send('SIGKILL');
  await child.exited;
}

async function lastLines(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-8).join('\n');
}
