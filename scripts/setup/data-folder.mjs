// The data folder: made if it is missing, written to once to see that it can be, and held by one start at a time.
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';

/** @type {Readonly<Record<string, string>>} */
const reasons = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of its path is a file',
  ENOSPC: 'the disk is full',
};

/**
 * @param {string} dataDir
 * @returns {() => void} lets go of it, and takes away what was made and stayed empty
 */
export function holdDataFolder(dataDir) {
  const held = tryToHoldDataFolder(dataDir);
  if (typeof held === 'string') throw heldBy(dataDir, held);
  return held;
}

/**
 * @param {string} dataDir
 * @returns {(() => void) | string} lets go of it; or what whoever holds it says
 */
export function tryToHoldDataFolder(dataDir) {
  const made = makeWritable(dataDir);
  const lock = path.join(dataDir, 'weir.lock');
  const mine = `${process.pid} ${startOf(process.pid)} ${new Date().toISOString()}\n`;
  while (!create(lock, mine)) {
    const theirs = readIfThere(lock);
    // Let go of in between: try again.
    if (theirs === null) continue;
    if (isHeld(theirs) || !removeStale(lock, theirs)) return readIfThere(lock) ?? theirs;
  }
  return () => {
    if (readIfThere(lock) === mine) rmSync(lock, { force: true });
    removeEmpty(made);
  };
}

/**
 * @param {string} dataDir
 * @returns {string[]} the folders that had to be made
 */
function makeWritable(dataDir) {
  const probe = path.join(dataDir, `.writable-${process.pid}`);
  try {
    const made = makeFolder(dataDir);
    writeFileSync(probe, '');
    rmSync(probe);
    return made;
  } catch (error) {
    const code = codeOf(error);
    throw new Failure(`The data folder ${dataDir} cannot be written (${reasons[code] ?? code}): give another with --data.`);
  }
}

/**
 * Parents too. Node's own recursive mkdir never ends below a folder that takes no new ones, such as /proc.
 * @param {string} folder
 * @returns {string[]} those that were made, the deepest first
 */
function makeFolder(folder) {
  if (existsSync(folder)) return [];
  const parents = makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
  return [folder, ...parents];
}

/** @param {readonly string[]} folders */
function removeEmpty(folders) {
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch {
    // Something is in it: Weir ran.
  }
}

/**
 * @param {string} lock
 * @param {string} content
 */
function create(lock, content) {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    // A link appears with its whole content, or fails because the name is taken.
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Takes a dead process's lock away, unless another start was faster.
 * @param {string} lock
 * @param {string} stale
 */
function removeStale(lock, stale) {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
  const taken = readFileSync(aside, 'utf8');
  if (taken !== stale) linkSync(aside, lock);
  rmSync(aside);
  return taken === stale;
}

/** @param {string} content */
function isHeld(content) {
  const [pid = '', start = ''] = content.trim().split(' ');
  return /^\d+$/.test(pid) && startOf(Number(pid)) === start;
}

/**
 * When a process started, in clock ticks since boot; empty if there is none. Tells a process from a later one with the same pid.
 * @param {number} pid
 */
function startOf(pid) {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === null) return '';
  // The command in brackets may contain blanks; the start time is the 20th field after it (proc(5): starttime is the 22nd of all).
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? '' : (fields[18] ?? '');
}

/**
 * @param {string} dataDir
 * @param {string} content
 */
function heldBy(dataDir, content) {
  const [pid, , since] = content.trim().split(' ');
  return new Failure(`Weir already runs on the data folder ${dataDir} (process ${pid}, since ${since}): stop it first, or give another folder with --data.`);
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return null;
    throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
