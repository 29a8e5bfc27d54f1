// Processes of an earlier server that still use a data folder: two servers on one folder would ruin it.
import { readdir, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresError } from './error.ts';

const deadlineMs = 30_000;

/**
 * Waits until no process works in the folder (a server and its children have it as their working directory), then removes a stale
 * lock file: its pid may by now belong to a process that has nothing to do with PostgreSQL, and the server would refuse to start.
 */
export async function waitForLeftovers(dataDir: string): Promise<void> {
  const folder = await realpath(dataDir);
  const giveUpAt = Date.now() + deadlineMs;
  for (;;) {
    const pids = await processesIn(folder);
    if (pids.length === 0) break;
    if (Date.now() > giveUpAt) {
      throw new PostgresError(`Another PostgreSQL server (process ${pids.join(', ')}) uses ${dataDir}: stop it first.`);
    }
    await delay(100);
  }
  await rm(path.join(dataDir, 'postmaster.pid'), { force: true });
}

async function processesIn(folder: string): Promise<number[]> {
  const entries = await readdir('/proc');
  const workingDirectories = await Promise.all(
    entries
      .filter((entry) => /^\d+$/.test(entry))
      // Gone in between, or another user's: neither is a server of ours.
      .map(async (pid) => ({ pid: Number(pid), cwd: await readlink(`/proc/${pid}/cwd`).catch(() => undefined) })),
  );
  return workingDirectories.filter(({ cwd }) => cwd === folder).map(({ pid }) => pid);
}
