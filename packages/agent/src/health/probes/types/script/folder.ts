// The scripts of a director's folder, and which of them are safe to run: root's alone to change.
import { lstat, readdir } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import type { FoundScript } from '../../probes.ts';

/** As the model has names of files. */
const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/;
const MOST_SCRIPTS = 1_000;
const WRITABLE_BY_OTHERS = 0o022;
/** The user that it runs as is neither its owner nor in its group. */
const EXECUTABLE_BY_OTHERS = 0o001;

async function statsOf(path: string): Promise<Stats | null> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

function refusalOf(folder: Stats, script: Stats): FoundScript['refusedBecause'] {
  if (!script.isFile()) return 'notAFile';
  if (folder.uid !== 0 || script.uid !== 0) return 'notRoot';
  if (((folder.mode | script.mode) & WRITABLE_BY_OTHERS) !== 0) return 'writable';
  return (script.mode & EXECUTABLE_BY_OTHERS) === 0 ? 'notExecutable' : null;
}

/** Null: there is none of that name. */
export async function findScript(folder: string, file: string): Promise<FoundScript | null> {
  const [around, script] = await Promise.all([statsOf(folder), FILE_NAME.test(file) ? statsOf(join(folder, file)) : null]);
  return around === null || script === null ? null : { file, refusedBecause: refusalOf(around, script) };
}

export async function findScripts(folder: string): Promise<readonly FoundScript[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const found = await Promise.all(names.filter((name) => FILE_NAME.test(name)).sort().slice(0, MOST_SCRIPTS).map((name) => findScript(folder, name)));
  return found.filter((script) => script !== null);
}
