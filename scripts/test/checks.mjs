// The checks of `npm test`, in their order: what is fast and says most first.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../setup/run.mjs';
import { root } from '../setup/stamp.mjs';
import { step } from '../setup/step.mjs';
import { countPlaywright } from './counts.mjs';
import { countVitest } from './vitest.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('./machine.mjs').Machine} Machine */

/** @type {((machine: Machine) => Promise<Counts>)[]} */
export const checks = [
  () => single('Types', checkTypes),
  () => single('Style', () => node(['node_modules/oxlint/bin/oxlint', '--type-aware'], 'The style is not as agreed')),
  () => counted('Units, contracts and the embedded database', () => countVitest({ project: 'unit' })),
  ({ postgresPrograms }) =>
    counted(`The database tests on PostgreSQL in ${postgresPrograms}`, () =>
      countVitest({ project: 'unit', files: databaseTests('apps/web/src'), wrapper: ['--import', 'tsx', 'scripts/test/with-postgres.ts', postgresPrograms] })),
  () => counted('The kernel in a virtual machine', () => countVitest({ project: 'kernel' })),
  ({ chromium }) => journeys('Journeys in a browser', chromium, 'en'),
  ({ chromium }) => journeys('The core journeys in Chinese and dark, in a Weir of their own', chromium, 'zh-CN'),
];

/**
 * @param {string} what
 * @param {string} chromium
 * @param {string} look
 * @returns {Promise<Counts>}
 */
function journeys(what, chromium, look) {
  return counted(what, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'weir-test-'));
    const file = path.join(folder, 'report.json');
    try {
      const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file, WEIR_CHROMIUM: chromium, WEIR_E2E_LOOK: look };
      const error = await node(['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], 'Journeys failed', 'e2e', env).then(() => null, messageOf);
      const counts = existsSync(file) ? countPlaywright(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
      const unsaid = counts.failed === 0 && (error !== null || counts.passed === 0);
      return { counts: unsaid ? { ...counts, failed: 1 } : counts, errors: error === null ? [] : [error] };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function checkTypes() {
  await node(['node_modules/next/dist/bin/next', 'typegen'], 'The types of the pages cannot be generated', 'apps/web', { NEXT_TELEMETRY_DISABLED: '1' });
  const projects = ['scripts', 'e2e', ...['apps', 'packages'].flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))];
  /** @type {Error[]} */
  const failures = [];
  for (const project of projects.filter((folder) => existsSync(path.join(root, folder, 'tsconfig.json')))) {
    await node(['node_modules/typescript/bin/tsc', '-p', project], `The types of ${project} do not fit`).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n\n'));
}

/**
 * @param {string[]} args
 * @param {string} failure
 * @param {string} [cwd]
 * @param {NodeJS.ProcessEnv} [env]
 */
function node(args, failure, cwd = '.', env = {}) {
  return run({ command: process.execPath, args, cwd: path.join(root, cwd), env, failure });
}

/**
 * Tests that open a database; they run again on an ordinary server.
 * @param {string} folder
 * @returns {string[]}
 */
function databaseTests(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => file.endsWith('.test.ts') && readFileSync(path.join(root, file), 'utf8').includes('openTestServer'));
}

/**
 * A check that is one thing: it holds or not.
 * @param {string} what
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Counts>}
 */
async function single(what, work) {
  const error = await step(what, () => work().then(() => null, messageOf));
  if (error === null) return { passed: 1, failed: 0, skipped: 0 };
  process.stdout.write(`${error}\n`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * A check that counts its parts.
 * @param {string} what
 * @param {() => Promise<{ counts: Counts, errors: string[] }>} work
 * @returns {Promise<Counts>}
 */
async function counted(what, work) {
  const { counts, errors } = await step(what, work);
  for (const error of errors) process.stdout.write(`${error}\n`);
  const { passed, failed, skipped, second = [] } = counts;
  process.stdout.write(`  ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  if (second.length > 0) process.stdout.write(`  passed at the second try only: ${second.join(', ')}\n`);
  return counts;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
