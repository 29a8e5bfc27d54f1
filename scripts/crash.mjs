// `npm run crash -- --kills 100 --seed 7`: kills panel, agent and database at random while changes are made, and looks for all that was acknowledged.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { showFailure } from './setup/failure.mjs';
import { prepare } from './setup/prepare.mjs';
import { root } from './setup/stamp.mjs';

try {
  await prepare();
  const run = spawn(process.execPath, ['--import', 'tsx', 'e2e/crash/main.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches it too, and it ends its Weir.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => run.kill('SIGTERM'));
  const [code] = await once(run, 'exit');
  process.exitCode = code ?? 1;
} catch (error) {
  showFailure(error);
  process.exitCode = 1;
}
