// What the panel keeps in files: each readable by its user only, and written whole or not at all.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from './errors.ts';

export interface DataFolder {
  readonly dir: string;
  /** Null if there is none. */
  read(name: string): Promise<string | null>;
  write(name: string, content: string): Promise<void>;
  remove(name: string): Promise<void>;
}

export async function openDataFolder(dir: string): Promise<DataFolder> {
  const folder: DataFolder = {
    dir,
    read: (name) => readFile(path.join(dir, name), 'utf8').catch(ifMissing(null)),
    write: (name, content) => writeWhole(dir, name, content),
    remove: (name) => rm(path.join(dir, name), { force: true }),
  };
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await folder.write('.writable', '');
    await folder.remove('.writable');
  } catch (error) {
    throw new StartError(`The data folder ${dir} cannot be written (${codeOf(error)}): give another with WEIR_DATA, or change its owner.`, { cause: error });
  }
  return folder;
}

/** The secret that signs session cookies; made at the first start. */
export async function cookieSecret(folder: DataFolder): Promise<string> {
  const name = 'cookie-secret';
  const known = await folder.read(name);
  if (known !== null && known.trim().length >= 32) return known.trim();
  const secret = randomBytes(32).toString('base64url');
  await folder.write(name, `${secret}\n`);
  return secret;
}

async function writeWhole(dir: string, name: string, content: string): Promise<void> {
  const target = path.join(dir, name);
  const temporary = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ifMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === 'ENOENT') return value;
    throw error;
  };
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
