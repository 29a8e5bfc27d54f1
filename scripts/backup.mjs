// `npm run backup` and `npm run restore`: with nothing but Node and npm, as `npm start`.
import { existsSync } from 'node:fs';
import { backupHelpText, readBackupOptions } from './setup/options/backup-options.mjs';
import { holdDataFolder, tryToHoldDataFolder } from './setup/data-folder.mjs';
import { Failure, showFailure } from './setup/failure.mjs';
import { checkPlatform } from './setup/platform.mjs';
import { hasPrograms, preparePrograms } from './setup/prepare.mjs';

/** @param {import('./setup/options/backup-options.mjs').BackupOptions} options */
async function run(options) {
  if (options.command === 'backup' && !existsSync(options.dataDir)) throw new Failure(`There is no data folder ${options.dataDir}: give Weir's with --data.`);
  const hold = options.command === 'restore' ? holdDataFolder(options.dataDir) : tryToHoldDataFolder(options.dataDir);
  const weirRuns = typeof hold === 'string';
  if (!weirRuns) process.once('exit', hold);
  // Nothing is built under a running Weir unless it cannot be helped.
  if (!weirRuns || !hasPrograms()) await preparePrograms();
  /** @type {typeof import('./launch/backup.ts')} */
  const { backUpOrRestore } = await import(new URL('dist/backup.mjs', import.meta.url).href);
  process.exitCode = await backUpOrRestore({ ...options, weirRuns });
}

try {
  checkPlatform();
  const options = readBackupOptions(process.argv.slice(2), process.env);
  if (options === 'help') process.stdout.write(backupHelpText);
  else await run(options);
} catch (error) {
  showFailure(error);
  process.exitCode = 1;
}
