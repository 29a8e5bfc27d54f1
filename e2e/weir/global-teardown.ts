// Ends Weir with Ctrl-C's signal; everything it ran must be gone, and nothing of it stays on disk.
import { rmSync } from 'node:fs';
import { descendantsOf, isAlive } from './processes.ts';
import { running } from './running.ts';
import { until } from './until.ts';

export default async function globalTeardown(): Promise<void> {
  const { launcher, dataDir } = running();
  const all = [launcher, ...descendantsOf(launcher).map(({ pid }) => pid)];
  process.kill(launcher, 'SIGINT');
  await until('every process of Weir has ended', 30_000, () => all.every((pid) => !isAlive(pid)));
  rmSync(dataDir, { recursive: true, force: true });
}
