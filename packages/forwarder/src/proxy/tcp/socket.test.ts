import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reset } from './socket.ts';

let server: Server;
let atServer: Promise<Socket>;
let client: Socket;

beforeEach(async () => {
  server = createServer({ allowHalfOpen: true });
  atServer = new Promise((resolve) => { server.once('connection', resolve); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.42.1', resolve); });
  client = connect({ host: '127.0.42.1', port: (server.address() as AddressInfo).port, allowHalfOpen: true });
});

afterEach(async () => {
  client.destroy();
  (await atServer).destroy();
  server.close();
});

function ending(socket: Socket): Promise<string> {
  socket.resume();
  return new Promise((resolve) => {
    socket.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    socket.once('close', () => resolve('closed'));
    socket.once('end', () => resolve('ended'));
  });
}

test('a reset socket is a reset connection at the other end', async () => {
  const other = await atServer;
  reset(other);
  expect(await ending(client)).toBe('ECONNRESET');
});

test('a reset while the FIN is on its way closes the socket all the same', async () => {
  const other = await atServer;
  const closed = new Promise((resolve) => { other.once('close', resolve); });
  other.end('the last words');
  reset(other);
  await closed;
  expect(other.errored).toBeNull();
});

test('a reset of what is closed or still connecting does nothing more', async () => {
  const other = await atServer;
  reset(other);
  reset(other);
  reset(client);
  const connecting = connect({ host: '127.0.42.1', port: (server.address() as AddressInfo).port });
  const closed = new Promise((resolve) => { connecting.once('close', resolve); });
  reset(connecting);
  await closed;
  expect(connecting.destroyed).toBe(true);
});
