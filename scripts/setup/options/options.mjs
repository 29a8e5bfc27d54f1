// The options of `npm start`, read with nothing but Node: --help and a wrong option answer before anything is installed.
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';

/**
 * @typedef {object} StartOptions
 * @property {string} host address the panel listens on
 * @property {number} port
 * @property {number} agentPort
 * @property {string} dataDir absolute path
 * @property {{ cert: string, key: string } | null} tls absolute paths
 * @property {string | null} origin the address at which browsers reach the proxy in front
 * @property {boolean} samples
 * @property {'loopback' | 'lab'} tutorial the network on which the panel offers its tutorial
 * @property {string | null} databaseUrl
 */

export const helpText = `Usage: npm start -- [options]

Installs and builds Weir if needed, then runs it: the database, one agent, sample real servers and the panel.

  --port PORT        port of the panel (default 9347)
  --host ADDRESS     address the panel listens on (default 127.0.0.1);
                     any other than loopback needs --cert and --key, or --origin
  --cert FILE        certificate of the panel (PEM), with --key
  --key FILE         its private key (PEM)
  --origin URL       the address of the proxy in front, such as https://weir.example.org
  --data FOLDER      where Weir keeps its data (default .weir)
  --agent-port PORT  port of the agent on 127.0.0.1 (default 9348)
  --no-samples       without the sample real servers and the sample load
  --help             this text

DATABASE_URL in the environment names a PostgreSQL server of your own; without it Weir runs an embedded one.
`;

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {StartOptions | 'help'}
 */
export function readOptions(args, env) {
  const values = parse(args);
  if (values.help) return 'help';
  const options = {
    host: values.host,
    port: portOf('--port', values.port),
    agentPort: portOf('--agent-port', values['agent-port']),
    dataDir: path.resolve(values.data),
    tls: tlsOf(values.cert, values.key),
    origin: values.origin === undefined ? null : originOf(values.origin),
    samples: !values['no-samples'],
    tutorial: /** @type {const} */ ('loopback'),
    databaseUrl: env.DATABASE_URL === undefined || env.DATABASE_URL === '' ? null : env.DATABASE_URL,
  };
  if (isIP(options.host) === 0) throw new Failure(`--host ${options.host}: give an IP address, such as 127.0.0.1 or 0.0.0.0.`);
  if (options.port === options.agentPort) throw new Failure(`--port and --agent-port are both ${options.port}: give two different ports.`);
  if (!isLoopback(options.host) && !options.tls && options.origin === null) {
    throw new Failure(`--host ${options.host} opens the panel to the network: it needs --cert and --key, or the --origin of a proxy in front of it.`);
  }
  return options;
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '9347' },
        'agent-port': { type: 'string', default: '9348' },
        data: { type: 'string', default: '.weir' },
        cert: { type: 'string' },
        key: { type: 'string' },
        origin: { type: 'string' },
        'no-samples': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message.split(/\. |\.?\n/)[0] : String(error)}; npm start -- --help lists the options.`);
  }
}

/**
 * @param {string} name
 * @param {string} text
 */
export function portOf(name, text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Failure(`${name} ${text}: give a port from 1 to 65535.`);
  return port;
}

/**
 * @param {string | undefined} cert
 * @param {string | undefined} key
 */
function tlsOf(cert, key) {
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined) throw new Failure('--cert and --key belong together: give both.');
  for (const [name, file] of [['--cert', cert], ['--key', key]]) {
    try {
      readFileSync(String(file));
    } catch (error) {
      throw new Failure(`${name} ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }
  return { cert: path.resolve(cert), key: path.resolve(key) };
}

/** @param {string} text */
function originOf(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
    throw new Failure(`--origin ${text}: give scheme, host and port only, such as https://weir.example.org.`);
  }
  return url.origin;
}

/** @param {string} host */
function isLoopback(host) {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
