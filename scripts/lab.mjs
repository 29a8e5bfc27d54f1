// `npm run lab`: with nothing but Node and npm, as `npm start`; installs and builds what has changed, then runs Weir with a director in a virtual machine.
import path from 'node:path';
import { holdDataFolder } from './setup/data-folder.mjs';
import { Failure, showFailure } from './setup/failure.mjs';
import { labHelpText, readLabOptions } from './setup/options/lab-options.mjs';
import { checkPlatform } from './setup/platform.mjs';
import { checkPort } from './setup/ports.mjs';
import { prepare, preparePrograms } from './setup/prepare.mjs';
import { root } from './setup/stamp.mjs';
import { prepareUntilInterrupted } from './setup/until-ready.mjs';
import { equipVirtualMachine } from './test/machine.mjs';

/** What runs the virtual machine is TypeScript that also the machine loads: it is not bundled. */
async function readTypeScript() {
  const { register } = await import('tsx/esm/api');
  register();
}

/** @param {import('./setup/options/lab-options.mjs').LabOptions} options */
async function runLab(options) {
  const letGo = holdDataFolder(options.dataDir);
  process.once('exit', letGo);
  await checkPort({ host: options.host, port: options.port, option: '--port', whose: 'the panel' });
  await checkPort({ host: '127.0.0.1', port: options.agentPort, option: '--agent-port', whose: 'the agent' });
  await prepareUntilInterrupted(async () => {
    await equipVirtualMachine();
    await prepare();
  });
  await readTypeScript();
  const [{ launch }, { labDirector }] = await Promise.all([import('./launch/launch.ts'), import('./launch/lab-director.ts')]);
  process.exit(await launch(options, labDirector));
}

/** @param {number} agentPort */
async function runMachine(agentPort) {
  await prepareUntilInterrupted(async () => {
    await equipVirtualMachine();
    await preparePrograms();
  });
  await readTypeScript();
  process.argv.splice(2, Infinity, '--agent-port', String(agentPort), '--agent', path.join(root, 'packages/agent/dist/weir-agent.mjs'));
  await import('@weir/lab/vm/lab');
}

try {
  checkPlatform();
  const options = readLabOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(labHelpText);
  else {
    if (process.arch !== 'x64') throw new Failure(`The virtual machine needs an x86-64 host, and this is ${process.arch}.`);
    await (options.withoutPanel ? runMachine(options.agentPort) : runLab(options));
  }
} catch (error) {
  showFailure(error);
  process.exitCode = 1;
}
