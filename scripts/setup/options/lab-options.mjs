// The options of `npm run lab`.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';
import { portOf } from './options.mjs';

/** @typedef {import('./options.mjs').StartOptions & { withoutPanel: boolean }} LabOptions */

export const labHelpText = `Usage: npm run lab -- [options]

Boots Debian's kernel in a virtual machine with a tutorial's network inside (a client, a director, two real servers ready for NAT, DR and TUN)
and runs Weir beside it, with the agent of that director enrolled: see the kernel's own IPVS forward, from the panel.

  --port PORT        port of the panel on 127.0.0.1 (default 9357)
  --agent-port PORT  port of the agent on 127.0.0.1 (default 9358)
  --data FOLDER      where the panel keeps its data (default .weir-lab); the virtual machine is a new one each time
  --without-panel    the virtual machine alone; prints a code to enrol its director elsewhere
  --help             this text
`;

/**
 * @param {string[]} args
 * @returns {LabOptions | 'help'}
 */
export function readLabOptions(args) {
  const values = parse(args);
  if (values.help) return 'help';
  const [port, agentPort] = [portOf('--port', values.port), portOf('--agent-port', values['agent-port'])];
  if (port === agentPort) throw new Failure(`--port and --agent-port are both ${port}: give two different ports.`);
  return {
    host: '127.0.0.1', port, agentPort, dataDir: path.resolve(values.data), tls: null, origin: null, samples: false, tutorial: 'lab', databaseUrl: null,
    withoutPanel: values['without-panel'],
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        port: { type: 'string', default: '9357' },
        'agent-port': { type: 'string', default: '9358' },
        data: { type: 'string', default: '.weir-lab' },
        'without-panel': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message.split(/\. |\.?\n/)[0] : String(error)}; npm run lab -- --help lists the options.`);
  }
}
