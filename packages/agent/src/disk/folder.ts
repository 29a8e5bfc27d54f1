// The data folder: ours alone, and of one running agent at a time.
import { constants } from 'node:fs';
import { access, chmod, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import nodePath from 'node:path';
import { DiskError, errnoOf, whyOf } from './error.ts';
import { TEMPORARY } from './whole-file.ts';

const MODE = 0o700;
const OTHERS = 0o077;
const LEFTOVER_AGE_MS = 60_000;

async function checkOwner(path: string): Promise<void> {
  const found = await stat(path);
  if (!found.isDirectory()) throw new DiskError('use the data folder', path, 'it is a file. Name a folder');
  const { uid, mode } = found;
  const own = process.geteuid?.();
  if (own !== undefined && uid !== own) {
    throw new DiskError('use the data folder', path, `it belongs to user ${uid} and this is user ${own}. Run weir-agent as its owner`);
  }
  if ((mode & OTHERS) === 0) return;
  if ((await readdir(path)).length > 0) {
    throw new DiskError('use the data folder', path, `other users can open it (mode ${(mode & 0o777).toString(8)}). Name a folder of its own, or close this one to them if it is the agent's`);
  }
  await chmod(path, MODE);
}

/** Each level is tried once: Node's own recursive mkdir does not end in a file system that refuses with ENOENT, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, MODE);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return;
    if (errnoOf(error) !== 'ENOENT' || nodePath.dirname(path) === path) throw error;
    await makeFolder(nodePath.dirname(path));
    await mkdir(path, MODE);
  }
}

/** Makes the folder where there is none, and makes sure that it is ours, closed to others and writable. */
export async function openFolder(path: string): Promise<void> {
  try {
    await makeFolder(nodePath.resolve(path));
    await checkOwner(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof DiskError) throw error;
    throw new DiskError('use the data folder', path, `${whyOf(error)}. Name a folder that this user can write to`, { cause: error });
  }
}

/** Removes what a killed process had begun to write. The age spares what another command writes just now. */
export async function removeLeftovers(path: string): Promise<void> {
  for (const name of (await readdir(path)).filter((entry) => entry.endsWith(TEMPORARY))) {
    const file = nodePath.join(path, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > LEFTOVER_AGE_MS) await rm(file, { force: true });
  }
}

/** A socket name in the kernel's abstract namespace: gone with its process, however that ends, so it is never stale. */
async function lockName(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `\0weir-agent-${dev}-${ino}`;
}

function listening(server: Server, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(name, resolve);
  });
}

function holder(name: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(name);
    let text = '';
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', (part) => { text += part.toString().slice(0, 20); });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(/^\d{1,10}$/.test(text) ? ` (process ${text})` : ''));
  });
}

/** Whether an agent is running on the folder. */
export async function isHeld(path: string): Promise<boolean> {
  const socket = connect(await lockName(path));
  const held = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return held;
}

/** Holds the folder until the returned function is called or the process ends. A second one who tries is told who holds it. */
export async function lockFolder(path: string): Promise<() => Promise<void>> {
  const name = await lockName(path);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(String(process.pid));
    // Any user of the host can connect: none may hold a descriptor of ours.
    socket.destroySoon();
  });
  try {
    await listening(server, name);
  } catch (error) {
    if (errnoOf(error) !== 'EADDRINUSE') throw new DiskError('lock', path, whyOf(error), { cause: error });
    throw new DiskError('use the data folder', path, `another agent${await holder(name)} is running on it`, { cause: error });
  }
  return () => new Promise((resolve) => { server.close(() => resolve()); });
}
