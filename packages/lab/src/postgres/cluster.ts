// The data folder of the embedded server: made whole or not at all, checked before each start.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { PostgresError } from './error.ts';
import { asOrdinaryUser, type PostgresPrograms } from './programs.ts';

const run = promisify(execFile);
const initdbDeadlineMs = 120_000;

/** The user and the database that Weir uses. */
export const databaseName = 'weir';

const passwordFile = 'weir.password';

/** Makes the data folder if there is none, and returns the password of the user `weir`. */
export async function prepareCluster(dataDir: string, programs: PostgresPrograms): Promise<string> {
  const version = await readFile(path.join(dataDir, 'PG_VERSION'), 'utf8').catch(noFile);
  if (version === undefined) return makeCluster(dataDir, programs);
  if (version.trim() !== programs.majorVersion) {
    throw new PostgresError(
      `The data folder ${dataDir} belongs to PostgreSQL ${version.trim()}, and this is PostgreSQL ${programs.majorVersion}: ` +
        'dump it with the old version and restore it into a new folder, or give another folder with --data.',
    );
  }
  const password = await readPassword(dataDir);
  if (password === undefined) throw new PostgresError(`The data folder ${dataDir} has no ${passwordFile}: it was not made by Weir.`);
  return password;
}

export async function readPassword(dataDir: string): Promise<string | undefined> {
  return (await readFile(path.join(dataDir, passwordFile), 'utf8').catch(noFile))?.trim();
}

async function makeCluster(dataDir: string, programs: PostgresPrograms): Promise<string> {
  const draft = `${dataDir}.new`;
  const password = randomBytes(24).toString('hex');
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    await initialise(draft, programs);
    await createUserAndDatabase(draft, programs, password);
    await writeFile(path.join(draft, passwordFile), `${password}\n`, { mode: 0o600, flush: true });
    await rename(draft, dataDir);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    if (cause instanceof PostgresError) throw cause;
    throw new PostgresError(`The database folder ${dataDir} cannot be made: ${reason(cause)}`, { cause });
  }
  return password;
}

async function initialise(draft: string, programs: PostgresPrograms): Promise<void> {
  // initdb wants a password for its superuser; nobody keeps it, so nobody signs in as that user over the socket.
  const superuserPassword = `${draft}.superuser`;
  await writeFile(superuserPassword, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  try {
    const call = asOrdinaryUser(programs.initdb, [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${superuserPassword}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
    ]);
    await run(call.command, call.args, { timeout: initdbDeadlineMs });
  } finally {
    await rm(superuserPassword, { force: true });
  }
}

async function createUserAndDatabase(draft: string, programs: PostgresPrograms, password: string): Promise<void> {
  const call = asOrdinaryUser(programs.postgres, ['--single', '-D', draft, 'postgres']);
  const child = run(call.command, call.args, { timeout: initdbDeadlineMs });
  // The single-user server takes one statement a line. CREATEDB and CREATEROLE: own databases and roles, but no superuser.
  child.child.stdin?.end(
    `CREATE ROLE ${databaseName} LOGIN CREATEDB CREATEROLE PASSWORD '${password}'\nCREATE DATABASE ${databaseName} OWNER ${databaseName}\n`,
  );
  const { stderr } = await child;
  const failure = /^.*(?:ERROR|FATAL|PANIC):.*$/m.exec(stderr);
  if (failure) throw new PostgresError(`The database "${databaseName}" cannot be made: ${failure[0]}`);
}

function noFile(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

function reason(cause: unknown): string {
  if (cause instanceof Error && 'stderr' in cause && typeof cause.stderr === 'string' && cause.stderr !== '') return cause.stderr.trim();
  return cause instanceof Error ? cause.message : String(cause);
}
