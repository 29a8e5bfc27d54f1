// `npm start`: with nothing but Node and npm, installs and builds what has changed, then runs Weir until Ctrl-C.
import { holdDataFolder } from './setup/data-folder.mjs';
import { showFailure } from './setup/failure.mjs';
import { helpText, readOptions } from './setup/options/options.mjs';
import { checkPlatform } from './setup/platform.mjs';
import { checkPort } from './setup/ports.mjs';
import { prepare } from './setup/prepare.mjs';
import { prepareUntilInterrupted } from './setup/until-ready.mjs';

/** @param {import('./setup/options/options.mjs').StartOptions} options */
async function start(options) {
  const letGo = holdDataFolder(options.dataDir);
  process.once('exit', letGo);
  await checkPort({ host: options.host, port: options.port, option: '--port', whose: 'the panel' });
  await checkPort({ host: '127.0.0.1', port: options.agentPort, option: '--agent-port', whose: 'the agent' });
  await prepareUntilInterrupted(prepare);
  /** @type {typeof import('./launch/launch.ts')} */
  const { launch } = await import(new URL('dist/launch.mjs', import.meta.url).href);
  process.exit(await launch(options));
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
