// Runs in the guest as the host's hand: accepts sessions of hosts that know the secret. Bundled before the machine boots.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { serve } from './session.ts';

const [share] = process.argv.slice(2);
if (share === undefined) throw new Error('usage: supervisor SHARE');
const { port, secret } = JSON.parse(readFileSync(path.join(share, 'supervisor.json'), 'utf8')) as { port: number; secret: string };

let sessions = 0;
const server = createServer({ noDelay: true }, (socket) => {
  sessions += 1;
  serve(socket, secret, sessions);
});
server.listen(port, '0.0.0.0', () => {
  writeFileSync(path.join(share, 'ready.new'), '');
  renameSync(path.join(share, 'ready.new'), path.join(share, 'ready'));
});
