// Runs tests with vitest and counts them. Few files that failed are run once more, each alone: a machine that stood still must not decide,
// and what passed at the second try only is named.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../setup/run.mjs';
import { root } from '../setup/stamp.mjs';
import { sum, vitestFiles } from './counts.mjs';

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];
/** More than a standstill would fail. */
const mostTriedAgain = 4;

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {Map<string, Counts>} Files */

/**
 * @param {object} tests
 * @param {'unit' | 'kernel'} tests.project
 * @param {string[]} [tests.files] all of the project's, if none are named
 * @param {string[]} [tests.wrapper] a program for Node that runs what follows it
 * @returns {Promise<{ counts: Counts, errors: string[] }>}
 */
export async function countVitest({ project, files = [], wrapper = [] }) {
  const command = [...wrapper, ...vitest, `--project=${project}`];
  const first = await tryFiles([...command, ...files]);
  const failed = failedOf(first.files);
  if (failed.length === 0 || failed.length > mostTriedAgain) return { counts: countsOf(first), errors: errorsOf(first) };
  const again = await tryFiles([...command, '--no-file-parallelism', ...failed.map((file) => path.relative(root, file))]);
  const second = failed.filter((file) => again.files.get(file)?.failed === 0).map((file) => path.relative(root, file));
  const counts = countsOf({ files: new Map([...first.files, ...again.files]), error: again.error });
  return { counts: { ...counts, second }, errors: [...errorsOf(first), ...errorsOf(again)] };
}

/**
 * @param {string[]} args
 * @returns {Promise<{ files: Files, error: string | null }>}
 */
async function tryFiles(args) {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const command = { command: process.execPath, args: [...args, `--outputFile.json=${report}`], cwd: root, failure: 'Tests failed' };
    const error = await run(command).then(() => null, (thrown) => (thrown instanceof Error ? thrown.message : String(thrown)));
    return { files: existsSync(report) ? vitestFiles(readFileSync(report, 'utf8')) : new Map(), error };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Files} files */
function failedOf(files) {
  return [...files].filter(([, { failed }]) => failed > 0).map(([file]) => file);
}

/** @param {{ error: string | null }} tried */
function errorsOf({ error }) {
  return error === null ? [] : [error];
}

/**
 * A run that fails without saying which part counts as one failure.
 * @param {{ files: Files, error: string | null }} tried
 * @returns {Counts}
 */
function countsOf({ files, error }) {
  const counts = sum(files.values());
  const unsaid = counts.failed === 0 && (error !== null || counts.passed === 0);
  return unsaid ? { ...counts, failed: 1 } : counts;
}
