// The proxy keeps the contract, on both families and under a wrapper that does nothing.
import type { ServiceAddress } from '@weir/model';
import { forwarderContract } from '../../contract.ts';
import type { ContractConnection, ContractDatagramClient, ContractFixture } from '../../contract.ts';
import { FaultyForwarder } from '../../faulty.ts';
import type { Forwarder } from '../../forwarder.ts';
import { openForwarder } from '../../registry.ts';
import { proxyCapabilities } from '../capabilities.ts';
import { DatagramClient, startDatagramServer } from './datagrams.ts';
import { freePort, startServer, TestClient } from './lab.ts';

interface Addresses {
  readonly vip: string;
  readonly dip: string | null;
  readonly rips: readonly [string, string, string];
}

async function connect(service: ServiceAddress): Promise<ContractConnection> {
  if (service.kind !== 'address') throw new Error('a client connects to an address');
  const client = new TestClient(service);
  const servedBy = await client.servedBy();
  return { servedBy, exchange: () => client.exchange(), close: () => client.close() };
}

async function openDatagrams(service: ServiceAddress): Promise<ContractDatagramClient> {
  if (service.kind !== 'address') throw new Error('a client sends to an address');
  const client = new DatagramClient(service);
  return { ask: async () => String(await client.ask('who')), tell: () => client.send('who'), close: () => client.close() };
}

async function makeFixture({ vip, dip, rips }: Addresses, wrap: (forwarder: Forwarder) => Forwarder): Promise<ContractFixture> {
  const [one, two, three] = await Promise.all([startServer(rips[0]), startServer(rips[1]), startServer(rips[2])]);
  const [four, five] = await Promise.all([startDatagramServer(rips[0]), startDatagramServer(rips[1])]);
  const [first, second, third] = await Promise.all([freePort(vip), freePort(vip), freePort(vip)]);
  const forwarder = wrap(await openForwarder('proxy', {}));
  return {
    forwarder, connect,
    services: [{ kind: 'address', protocol: 'tcp', vip, port: first }, { kind: 'address', protocol: 'tcp', vip, port: second }],
    endpoints: [one.endpoint, two.endpoint, three.endpoint],
    method: { kind: 'proxied', source: dip },
    datagrams: {
      service: { kind: 'address', protocol: 'udp', vip, port: third }, endpoints: [four.endpoint, five.endpoint], open: openDatagrams,
    },
    dispose: async () => {
      await forwarder.close();
      await Promise.all([one, two, three, four, five].map((server) => server.stop()));
    },
  };
}

const traits = { capabilities: proxyCapabilities, traffic: true, sequences: 50 };
const ipv4: Addresses = { vip: '127.0.40.200', dip: '127.0.40.10', rips: ['127.0.40.20', '127.0.40.30', '127.0.40.40'] };
const ipv6: Addresses = { vip: '::1', dip: '::1', rips: ['::1', '::1', '::1'] };

forwarderContract('proxy', () => makeFixture(ipv4, (forwarder) => forwarder), traits);
forwarderContract('proxy, IPv6', () => makeFixture(ipv6, (forwarder) => forwarder), traits);
forwarderContract('proxy in a wrapper without troubles', () => makeFixture(ipv4, (forwarder) => new FaultyForwarder(forwarder)), traits);
