// Runs a Node program with WEIR_TEST_DATABASE_URL naming a temporary PostgreSQL server: with-postgres.ts PROGRAM_FOLDER ARGS…
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startTemporaryPostgres } from '@weir/lab/postgres';

const [programDir, ...args] = process.argv.slice(2);
if (programDir === undefined) throw new Error('usage: with-postgres.ts PROGRAM_FOLDER ARGS…');
const server = await startTemporaryPostgres({ programDir });
try {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, WEIR_TEST_DATABASE_URL: server.url } });
  await once(child, 'exit');
  process.exitCode = child.exitCode ?? 1;
} finally {
  await server.remove();
}
