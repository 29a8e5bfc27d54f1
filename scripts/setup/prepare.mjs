// Brings a checkout to where it can run: packages, database client, programs, pages. Each step only if what it depends on has changed.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';
import { changed, root } from './stamp.mjs';
import { step } from './step.mjs';

const pnpm = 'pnpm@12.21.0';
const manifests = [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  'e2e/package.json',
  ...['apps', 'packages'].flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}/package.json`)),
];

const bundles = [
  'apps/web/dist/main.mjs',
  'apps/web/dist/backup.mjs',
  'packages/agent/dist/weir-agent.mjs',
  'packages/lab/dist/weir-lab.mjs',
  'scripts/dist/launch.mjs',
  'scripts/dist/backup.mjs',
];

export async function prepare() {
  await preparePrograms();
  await buildPages();
}

/** All but the pages. */
export async function preparePrograms() {
  await installPackages();
  await generateDatabaseClient();
  await bundlePrograms();
}

export function hasPrograms() {
  return bundles.every((bundle) => existsSync(path.join(root, bundle)));
}

export async function installPackages() {
  await once({ name: 'install', inputs: manifests, outputs: ['node_modules/.modules.yaml'] }, 'Installing packages', {
    command: 'npx',
    args: ['--yes', pnpm, 'install', '--frozen-lockfile'],
    // Without a terminal pnpm asks nothing; it must not ask with one either.
    env: { CI: 'true' },
    failure: 'The packages cannot be installed',
  });
}

export async function generateDatabaseClient() {
  await once(
    { name: 'database-client', inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'pnpm-lock.yaml'], outputs: ['apps/web/src/server/db/generated'] },
    'Generating the database client',
    {
      command: process.execPath,
      args: ['node_modules/prisma/build/index.js', 'generate'],
      // `generate` does not use the schema engine, but would download it unless a program is named.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
      failure: 'The database client cannot be generated',
    },
  );
}

async function bundlePrograms() {
  await once(
    {
      name: 'programs',
      inputs: ['apps/web/src', 'packages', 'prisma/schema.prisma', 'scripts/build', 'scripts/launch', 'scripts/setup', 'pnpm-lock.yaml'],
      outputs: bundles,
    },
    'Building the programs',
    { command: process.execPath, args: ['scripts/build/programs.mjs'], failure: 'The programs cannot be built' },
  );
}

async function buildPages() {
  await once(
    {
      name: 'pages',
      inputs: ['apps/web', 'packages/ui', 'packages/model', 'packages/protocol', 'tsconfig.base.json', 'pnpm-lock.yaml'],
      outputs: ['apps/web/.next/BUILD_ID'],
    },
    'Building the pages',
    {
      command: process.execPath,
      args: ['node_modules/next/dist/bin/next', 'build'],
      cwd: 'apps/web',
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      failure: 'The pages cannot be built',
    },
  );
}

/**
 * @param {import('./stamp.mjs').Stamped} stamped
 * @param {string} what
 * @param {Omit<import('./run.mjs').Command, 'cwd'> & { cwd?: string }} call
 */
async function once(stamped, what, call) {
  const done = changed(stamped);
  if (!done) return;
  await step(what, () => run({ ...call, cwd: path.join(root, call.cwd ?? '.') }));
  done();
}
