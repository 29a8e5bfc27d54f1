// Where everything is: the bundles in the repository, and the folders below the data folder.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

// This file runs as scripts/dist/launch.mjs.
const root = path.resolve(import.meta.dirname, '../..');

export const bundles = {
  agent: path.join(root, 'packages/agent/dist/weir-agent.mjs'),
  lab: path.join(root, 'packages/lab/dist/weir-lab.mjs'),
  panel: path.join(root, 'apps/web/dist/main.mjs'),
  backup: path.join(root, 'apps/web/dist/backup.mjs'),
};

export type Layout = ReturnType<typeof layoutOf>;

export function layoutOf(dataDir: string) {
  const folder = (name: string): string => path.join(dataDir, name);
  return {
    postgres: folder('postgres'),
    agent: folder('agent'),
    panel: folder('panel'),
    logs: folder('logs'),
    /** Sockets and what lives no longer than a run. */
    run: folder('run'),
    labSocket: path.join(dataDir, 'run/lab.sock'),
    enrolCode: path.join(dataDir, 'run/enrol-code'),
    setupLink: path.join(dataDir, 'panel/setup-link'),
    logFile: (name: string): string => path.join(dataDir, 'logs', `${name}.log`),
  };
}

export async function makeFolders({ agent, panel, logs, run }: Layout): Promise<void> {
  for (const folder of [agent, panel, logs, run]) await mkdir(folder, { recursive: true, mode: 0o700 });
}
