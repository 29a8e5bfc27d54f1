// What the tests need from the machine beside Node, from Debian's packages: a browser, an ordinary PostgreSQL server, servers that are probed, and a virtual
// machine's tools.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../setup/failure.mjs';
import { run } from '../setup/run.mjs';
import { step } from '../setup/step.mjs';

const chromium = '/usr/bin/chromium';
/** The emulator, and what kernel tests run in it. */
const virtualMachinePackages = ['qemu-system-x86', 'busybox-static', 'xz-utils', 'kmod', 'iproute2', 'ipvsadm', 'nftables', 'tcpdump', 'iputils-ping', 'procps', 'curl'];
/** What health checks ask. */
const realServerPackages = ['nginx-light', 'dnsmasq-base', 'redis-server'];
const postgresVersions = '/usr/lib/postgresql';

/**
 * @typedef {object} Machine
 * @property {string} chromium
 * @property {string} postgresPrograms the folder of initdb and postgres
 */

/** @returns {Promise<Machine>} */
export async function equipMachine() {
  await installMissing([
    ...(existsSync(chromium) ? [] : ['chromium']),
    ...(newestPostgres() === null ? ['postgresql'] : []),
    ...[...virtualMachinePackages, ...realServerPackages].filter((name) => !isInstalled(name)),
  ]);
  const postgresPrograms = newestPostgres();
  if (postgresPrograms === null) throw new Failure(`There is no PostgreSQL server in ${postgresVersions}.`);
  return { chromium, postgresPrograms };
}

export async function equipVirtualMachine() {
  await installMissing(virtualMachinePackages.filter((name) => !isInstalled(name)));
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

/** @param {string} name */
function isInstalled(name) {
  return ['', ':amd64'].some((architecture) => existsSync(`/var/lib/dpkg/info/${name}${architecture}.list`));
}

/** @param {string[]} packages */
async function installMissing(packages) {
  if (packages.length === 0) return;
  const names = packages.join(' ');
  if (process.getuid?.() !== 0) throw new Failure(`${names} must be installed: run this as root, or first: apt-get install ${names}`);
  const apt = { command: 'apt-get', cwd: '/', env: { DEBIAN_FRONTEND: 'noninteractive' }, failure: `${names} cannot be installed` };
  await step(`Installing ${names}`, async () => {
    await run({ ...apt, args: ['update', '--quiet'] });
    await run({ ...apt, args: ['install', '--yes', '--quiet', '--no-install-recommends', ...packages] });
  });
}
