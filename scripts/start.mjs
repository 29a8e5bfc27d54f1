// `npm start`: with nothing but Node and npm, installs and builds what has changed, then runs Weir until Ctrl-C.
import { holdDataFolder } from './setup/data-folder.mjs';
import { Failure, showFailure } from './setup/failure.mjs';
import { helpText, readOptions } from './setup/options.mjs';
import { checkPlatform } from './setup/platform.mjs';
import { checkPort } from './setup/ports.mjs';
import { prepare } from './setup/prepare.mjs';
import { endRunning } from './setup/run.mjs';

/** @param {import('./setup/options.mjs').StartOptions} options */
async function start(options) {
  const letGo = holdDataFolder(options.dataDir);
  process.once('exit', letGo);
  await checkPort({ host: options.host, port: options.port, option: '--port', whose: 'the panel' });
  await checkPort({ host: '127.0.0.1', port: options.agentPort, option: '--agent-port', whose: 'the agent' });
  await prepareUntilInterrupted();
  /** @type {typeof import('./launch/launch.ts')} */
  const { launch } = await import(new URL('dist/launch.mjs', import.meta.url).href);
  process.exit(await launch(options));
}

async function prepareUntilInterrupted() {
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    endRunning();
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, interrupt);
  try {
    await prepare();
  } catch (error) {
    if (!interrupted) throw error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
  if (interrupted) throw new Failure('Stopped before Weir was ready; nothing is running.');
}

try {
  checkPlatform();
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') process.stdout.write(helpText);
  else await start(options);
} catch (error) {
  showFailure(error);
  process.exitCode = 1;
}
