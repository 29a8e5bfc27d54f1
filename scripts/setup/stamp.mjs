// Does a step only when what it depends on has changed: by content, so that a checkout or a touched file alone repeats nothing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
const stampDir = path.join(root, 'node_modules/.cache/weir');
const notSources = new Set(['node_modules', '.next', 'dist', 'generated', 'next-env.d.ts']);

/**
 * @typedef {object} Stamped
 * @property {string} name of the stamp
 * @property {string[]} inputs files and folders, from the root; those that do not exist are skipped
 * @property {string[]} outputs what must exist, from the root
 */

/**
 * @param {Stamped} stamped
 * @returns {null | (() => void)} null if nothing has changed, else what to call when the work is done
 */
export function changed({ name, inputs, outputs }) {
  const digest = digestOf(inputs);
  const file = path.join(stampDir, name);
  const same = existsSync(file) && readFileSync(file, 'utf8') === digest;
  if (same && outputs.every((output) => existsSync(path.join(root, output)))) return null;
  return () => {
    mkdirSync(stampDir, { recursive: true });
    writeFileSync(file, digest);
  };
}

/** @param {string[]} inputs */
function digestOf(inputs) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  for (const input of inputs) {
    for (const file of filesIn(input)) hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} input
 * @returns {string[]}
 */
function filesIn(input) {
  const absolute = path.join(root, input);
  if (!existsSync(absolute)) return [];
  const entries = readdirSyncOrNull(absolute);
  if (entries === null) return [input];
  return entries
    .filter(({ name }) => !notSources.has(name) && !/\.test\.tsx?$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(path.join(input, entry.name)) : [path.join(input, entry.name)]));
}

/** @param {string} folder */
function readdirSyncOrNull(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null;
    throw error;
  }
}
