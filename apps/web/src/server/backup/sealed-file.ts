// The file of a backup: a line that says what it is, gzip of text lines, and a SHA-256 over all of it. Written whole or not at all.
import { createHash, randomBytes } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { pipeline as joined } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { codeOf } from '../data-folder.ts';
import { BackupError } from './error.ts';
import { linesOf } from './lines.ts';

const formatVersion = 1;
const firstLine = `weir backup ${formatVersion}\n`;
const digestBytes = 32;
// Long enough for the first line of any format to come.
const firstLineBytesMax = 32;

/** `lines` are texts of whole lines, and fail with a BackupError. Answers the file's size. */
export async function writeSealed(file: string, lines: AsyncIterable<string>, signal?: AbortSignal): Promise<number> {
  if (await exists(file)) throw new BackupError(`${file} is there already: give another name.`);
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    // Keys and password hashes are in it.
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await pipeline(lines, createGzip(), (compressed) => writeFile(handle, sealed(compressed)), { ...(signal && { signal }) });
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
    return (await stat(file)).size;
  } catch (error) {
    await rm(temporary, { force: true });
    signal?.throwIfAborted();
    if (error instanceof BackupError) throw error;
    throw new BackupError(`${file} cannot be written (${codeOf(error)}).`, { cause: error });
  }
}

async function* sealed(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256').update(firstLine);
  yield Buffer.from(firstLine);
  for await (const chunk of compressed) {
    hash.update(chunk);
    yield chunk;
  }
  yield hash.digest();
}

export interface SealedFile {
  readonly lines: AsyncGenerator<string>;
  close(): Promise<void>;
}

/** Reads it once to its end before it gives the first line: what is damaged anywhere is refused before anything is done with it. */
export async function openSealed(file: string): Promise<SealedFile> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new BackupError(`${file} cannot be read (${codeOf(error)}).`, { cause: error });
  });
  try {
    const bodyEnd = await checkSeal(file, handle);
    const body = handle.createReadStream({ start: firstLine.length, end: bodyEnd - 1, autoClose: false });
    // An error of either reaches whoever reads the lines.
    const text = joined(body, createGunzip(), () => undefined);
    return {
      lines: readable(file, linesOf(text)),
      close: async () => {
        text.destroy();
        await handle.close();
      },
    };
  } catch (error) {
    await handle.close();
    if (error instanceof BackupError) throw error;
    throw new BackupError(`${file} cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

async function* readable(file: string, lines: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch (error) {
    throw error instanceof BackupError ? error : new BackupError(`${file} cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

async function checkSeal(file: string, handle: FileHandle): Promise<number> {
  await checkFirstLine(file, handle);
  const bodyEnd = (await handle.stat()).size - digestBytes;
  const damaged = new BackupError(`${file} is damaged or not complete (its digest does not fit): take another copy of it.`);
  if (bodyEnd <= firstLine.length) throw damaged;
  const hash: Hash = createHash('sha256');
  for await (const chunk of handle.createReadStream({ start: 0, end: bodyEnd - 1, autoClose: false })) hash.update(chunk as Buffer);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(digestBytes), 0, digestBytes, bodyEnd);
  if (bytesRead !== digestBytes || !buffer.equals(hash.digest())) throw damaged;
  return bodyEnd;
}

async function checkFirstLine(file: string, handle: FileHandle): Promise<void> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(firstLineBytesMax), 0, firstLineBytesMax, 0);
  const version = Number(/^weir backup ([1-9]\d{0,5})\n/.exec(buffer.toString('latin1', 0, bytesRead))?.[1] ?? 0);
  if (version === 0) throw new BackupError(`${file} is no backup of Weir, or not even its beginning is complete.`);
  if (version > formatVersion) {
    throw new BackupError(`${file} has the newer backup format ${version}, and this version of Weir reads ${formatVersion}: use the newer version.`);
  }
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(() => true, (error: unknown) => {
    if (codeOf(error) === 'ENOENT') return false;
    throw new BackupError(`${file} cannot be written (${codeOf(error)}).`, { cause: error });
  });
}
