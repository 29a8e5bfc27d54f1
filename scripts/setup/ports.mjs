// Whether a port can be listened on, asked before anything is started.
import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

/** @type {Readonly<Record<string, string>>} */
const reasons = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be opened by this user',
  EADDRNOTAVAIL: 'is on an address that this host does not have',
};

/**
 * @param {{ host: string, port: number, option: string, whose: string }} wanted
 * @returns {Promise<void>}
 */
export function checkPort({ host, port, option, whose }) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : '';
      reject(new Failure(`Port ${port} on ${host}, for ${whose}, ${reasons[code] ?? `cannot be opened (${error.message})`}: give another with ${option}.`));
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}
