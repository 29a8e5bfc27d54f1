// Files that are there whole or not at all, also after a power cut, and are parsed whenever they are read.
import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { DiskError, errnoOf, whyOf } from './error.ts';

const MODE = 0o600;
const LONGEST_BYTES = 256 * 1_048_576;

export const TEMPORARY = '.tmp';

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function throughTemporary(path: string, text: string | Uint8Array, place: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.${randomUUID()}${TEMPORARY}`;
  try {
    const handle = await open(temporary, 'wx', MODE);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await place(temporary);
    await syncFolder(dirname(path));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** What could not be read again is not written. */
function checkSize(path: string, text: string | Uint8Array): void {
  if (Buffer.byteLength(text) > LONGEST_BYTES) throw new DiskError('write', path, `it would be larger than ${LONGEST_BYTES} bytes`);
}

/** Replaces the file. When this returns the new text is on the disk; when it throws the old one still is. */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  checkSize(path, text);
  try {
    await throughTemporary(path, text, (temporary) => rename(temporary, path));
  } catch (error) {
    throw new DiskError('write', path, whyOf(error), { cause: error });
  }
}

/** Like `writeWhole`, but leaves a file that is there as it is; of several who try at once exactly one writes. */
export async function createWhole(path: string, text: string): Promise<void> {
  try {
    await throughTemporary(path, text, (temporary) => link(temporary, path));
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw new DiskError('write', path, whyOf(error), { cause: error });
  }
}

/** What is in the file, or null where there is none. */
export async function readBytes(path: string): Promise<Buffer | null> {
  try {
    const { size } = await stat(path);
    if (size > LONGEST_BYTES) throw new DiskError('read', path, `it is larger than ${LONGEST_BYTES} bytes`);
    return await readFile(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error instanceof DiskError ? error : new DiskError('read', path, whyOf(error), { cause: error });
  }
}

export async function readText(path: string): Promise<string | null> {
  return (await readBytes(path))?.toString('utf8') ?? null;
}

export async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
    await syncFolder(dirname(path));
  } catch (error) {
    throw new DiskError('remove', path, whyOf(error), { cause: error });
  }
}

export function damaged(path: string, why: string, options?: ErrorOptions): DiskError {
  return new DiskError('read', path, `the file is damaged (${why}). Bring it back from a backup, or move it away to go on without it`, options);
}

/** One JSON file of one schema. */
export interface StoredFile<TValue> {
  readonly path: string;
  /** Null where there is no file. One that does not fit its schema is an error and stays as it is. */
  read(): Promise<TValue | null>;
  write(value: TValue): Promise<void>;
  remove(): Promise<void>;
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, 'not JSON', { cause: error });
  }
}

export function storedFile<TValue>(path: string, schema: z.ZodType<TValue>): StoredFile<TValue> {
  return {
    path,
    async read() {
      const text = await readText(path);
      if (text === null) return null;
      const result = schema.safeParse(parsed(path, text));
      if (result.success) return result.data;
      const [issue] = result.error.issues;
      throw damaged(path, `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`, { cause: result.error });
    },
    write: (value) => writeWhole(path, JSON.stringify(value)),
    remove: () => removeFile(path),
  };
}
