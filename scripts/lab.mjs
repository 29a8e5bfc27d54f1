// `npm run lab`: with nothing but Node and npm, as `npm start`; installs and builds what the virtual machine needs, then runs it with the agent in it.
import path from 'node:path';
import { Failure, showFailure } from './setup/failure.mjs';
import { checkPlatform } from './setup/platform.mjs';
import { preparePrograms } from './setup/prepare.mjs';
import { root } from './setup/stamp.mjs';
import { equipVirtualMachine } from './test/machine.mjs';

try {
  checkPlatform();
  if (process.arch !== 'x64') throw new Failure(`The virtual machine needs an x86-64 host, and this is ${process.arch}.`);
  await equipVirtualMachine();
  await preparePrograms();
  process.argv.push('--agent', path.join(root, 'packages/agent/dist/weir-agent.mjs'));
  const { register } = await import('tsx/esm/api');
  register();
  await import('@weir/lab/vm/lab');
} catch (error) {
  showFailure(error);
  process.exitCode = 1;
}
