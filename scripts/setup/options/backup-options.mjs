// The options of `npm run backup` and `npm run restore`.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';

/**
 * @typedef {object} BackupOptions
 * @property {'backup' | 'restore'} command
 * @property {string} file absolute path
 * @property {string} dataDir absolute path
 * @property {string | null} databaseUrl
 */

export const backupHelpText = `Usage: npm run backup -- [--data FOLDER] FILE
       npm run restore -- [--data FOLDER] FILE

backup writes everything the panel knows to FILE, which must not be there yet; Weir may run or not.
restore reads it into an empty installation: a new data folder and an empty database.

  --data FOLDER  where Weir keeps its data (default .weir)
  --help         this text

DATABASE_URL in the environment names a PostgreSQL server of your own; without it the embedded one is used.
`;

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {BackupOptions | 'help'}
 */
export function readBackupOptions([command, ...args], env) {
  if (command !== 'backup' && command !== 'restore') throw new Failure('Give backup or restore; --help says more.');
  const { values, positionals } = parse(command, args);
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined || file === '' || more.length > 0) throw new Failure(`Give one file; npm run ${command} -- --help says more.`);
  return {
    command,
    file: path.resolve(file),
    dataDir: path.resolve(values.data),
    databaseUrl: env.DATABASE_URL === undefined || env.DATABASE_URL === '' ? null : env.DATABASE_URL,
  };
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function parse(command, args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false }, data: { type: 'string', default: '.weir' } },
    });
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message.split(/\. |\.?\n/)[0] : String(error)}; npm run ${command} -- --help lists the options.`);
  }
}
