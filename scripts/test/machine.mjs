// What the tests need from the machine beside Node: a browser and an ordinary PostgreSQL server, from Debian's packages.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../setup/failure.mjs';
import { run } from '../setup/run.mjs';
import { step } from '../setup/step.mjs';

const chromium = '/usr/bin/chromium';
const postgresVersions = '/usr/lib/postgresql';

/**
 * @typedef {object} Machine
 * @property {string} chromium
 * @property {string} postgresPrograms the folder of initdb and postgres
 */

/** @returns {Promise<Machine>} */
export async function equipMachine() {
  const missing = [...(existsSync(chromium) ? [] : ['chromium']), ...(newestPostgres() === null ? ['postgresql'] : [])];
  if (missing.length > 0) await install(missing);
  const postgresPrograms = newestPostgres();
  if (postgresPrograms === null) throw new Failure(`There is no PostgreSQL server in ${postgresVersions}.`);
  return { chromium, postgresPrograms };
}

function newestPostgres() {
  const versions = existsSync(postgresVersions) ? readdirSync(postgresVersions) : [];
  return (
    versions
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => path.join(postgresVersions, version, 'bin'))
      .find((folder) => existsSync(path.join(folder, 'initdb'))) ?? null
  );
}

/** @param {string[]} packages */
async function install(packages) {
  const names = packages.join(' ');
  if (process.getuid?.() !== 0) throw new Failure(`The tests need ${names}: run them as root, or first: apt-get install ${names}`);
  const apt = { command: 'apt-get', cwd: '/', env: { DEBIAN_FRONTEND: 'noninteractive' }, failure: `${names} cannot be installed` };
  await step(`Installing ${names}`, async () => {
    await run({ ...apt, args: ['update', '--quiet'] });
    await run({ ...apt, args: ['install', '--yes', '--quiet', '--no-install-recommends', ...packages] });
  });
}
