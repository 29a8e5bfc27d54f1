// The process under test: the proxy, or the least that node:net needs for the same. Says where it listens; says its CPU time when asked.
import type { Endpoint } from '@weir/model';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { openForwarder } from '../src/index.ts';

const [, , mode, vip = '', port = '', rip = '', realPort = '', source = ''] = process.argv;
const virtual = { vip, port: Number(port) };
const real: Endpoint = { rip, port: Number(realPort) };

async function openProxy(): Promise<void> {
  const proxy = await openForwarder('proxy', {});
  const service = { kind: 'address', protocol: 'tcp', ...virtual } as const;
  const settings = {
    method: { kind: 'proxied', source: source === '' ? null : source }, weight: 1, thresholds: { upper: 0, lower: 0 },
  } as const;
  const results = await proxy.apply([
    { kind: 'addService', service, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false } },
    { kind: 'addRealServer', service, realServer: { endpoint: real, settings } },
  ], { onFailure: 'rollBack' });
  for (const result of results) if (result.status === 'failed') throw new Error(result.fault.message);
}

function openPipe(): Promise<AddressInfo | string | null> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const socket = connect({ host: real.rip, port: real.port, allowHalfOpen: true, noDelay: true, ...(source === '' ? {} : { localAddress: source }) });
    client.on('error', () => socket.destroy());
    socket.on('error', () => client.destroy());
    client.pipe(socket);
    socket.pipe(client);
  });
  return new Promise((resolve) => {
    server.listen({ host: virtual.vip, port: virtual.port, backlog: 4_096 }, () => resolve(server.address()));
  });
}

await (mode === 'proxy' ? openProxy() : openPipe());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1_000_000, residentMebibytes: process.memoryUsage.rss() / 1_048_576 });
});
process.send?.('listening');
