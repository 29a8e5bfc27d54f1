// A connection to something that is no virtual machine, or a broken one: an error in words, and never a wait without end.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { VmAccess } from '../machine/boot.ts';
import { encodeFrame } from '../wire/wire.ts';
import { Vm } from './vm.ts';

let folder: string;
let server: Server;
const sockets: Socket[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weir-connection-'));
  await writeFile(path.join(folder, 'console'), 'first line\r\nlast words\r\n');
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
  await rm(folder, { recursive: true });
});

async function guest(serve: (socket: Socket) => void): Promise<VmAccess> {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, secret: 'secret', share: folder, consoleFile: path.join(folder, 'console'), uplinks: [] };
}

const welcome = encodeFrame({ kind: 'welcome', session: 1 });

it.each([
  ['bytes that are no value', Buffer.from('0000000412345678', 'hex'), /it said what cannot be read \(.*deserialize.*\)/],
  ['a length that no value has', Buffer.from('ffffffff', 'hex'), /it said what cannot be read \(a frame of 4294967295 bytes/],
  ['a value that is no event', encodeFrame({ kind: 'something' }), /it said what cannot be read/],
])('a connection fails in words on %s', async (_, bytes, reason) => {
  await expect(Vm.connect(await guest((socket) => socket.write(bytes)))).rejects.toThrow(reason);
});

it('a connection fails in words on nothing but silence', async () => {
  await expect(Vm.connect(await guest(() => undefined), { connectDeadlineMs: 100 })).rejects.toThrow(/^connecting took more than 0.1 s\.\nThe console ends with:\nfirst line\nlast words$/);
});

it('a connection fails in words on silence after the first words', async () => {
  const vm = await Vm.connect(await guest((socket) => socket.write(welcome)), { silenceMs: 200 });
  await expect(vm.machine.run('true')).rejects.toThrow(/"true": The virtual machine failed: it has been silent for 0.2 s\.\nThe console ends with:/);
  await expect(vm.machine.run('true')).rejects.toThrow('it has been silent');
});

it('a connection fails in words on an end in the middle of the work', async () => {
  const vm = await Vm.connect(await guest((socket) => socket.write(welcome)));
  const [run] = await Promise.allSettled([vm.machine.run('true'), Promise.resolve(sockets[0]?.destroy())]);
  expect(run).toMatchObject({ status: 'rejected', reason: { name: 'VmError', message: expect.stringContaining('"true": The virtual machine failed: it ended.\n') as unknown } });
});

it('a process that nobody waits for has ended when the connection is closed, also one that is begun after it', async () => {
  const vm = await Vm.connect(await guest((socket) => socket.write(welcome)));
  const { exited } = vm.machine.spawn('cat');
  vm.disconnect();
  await expect(exited).rejects.toThrow('cat: The virtual machine failed: it ended.');
  await expect(vm.machine.spawn('cat').exited).rejects.toThrow('it ended');
});

it('a connection fails in words where there is no machine', async () => {
  const access = await guest(() => undefined);
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  await expect(Vm.connect(access)).rejects.toThrow('connecting: The virtual machine failed: it ended.');
});
