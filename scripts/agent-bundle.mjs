// `npm run agent:bundle`: makes the archive from which the agent is installed on a director, and prints where it is.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, showFailure } from './setup/failure.mjs';
import { checkPlatform } from './setup/platform.mjs';
import { installPackages } from './setup/prepare.mjs';
import { step } from './setup/step.mjs';

const helpText = `Usage: npm run agent:bundle -- [--out FOLDER]

Makes weir-agent-VERSION-linux-${process.arch}.tar.gz, from which the agent is installed on a director (default folder: dist).
`;

function readOut() {
  try {
    const { out, help } = parseArgs({ options: { out: { type: 'string', default: 'dist' }, help: { type: 'boolean', default: false } } }).values;
    return help ? null : path.resolve(out);
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : String(error)}; npm run agent:bundle -- --help lists the options.`);
  }
}

try {
  checkPlatform();
  const out = readOut();
  if (out === null) process.stdout.write(helpText);
  else {
    await installPackages();
    const { packAgent } = await import('./build/agent-archive.mjs');
    let archive = '';
    await step('Packing the agent', async () => {
      archive = await packAgent(out);
    });
    process.stdout.write(`${archive}\n`);
  }
} catch (error) {
  showFailure(error);
  process.exitCode = 1;
}
