// Runs in the guest on real servers and clients: servers that say who they are, and connections that are held.
import type { Endpoint, EndpointKey, ServiceAddress } from '@weir/model';
import { DatagramClient, startDatagramServer } from '../../proxy/test/datagrams.ts';
import { startServer, TestClient } from '../../proxy/test/lab.ts';

type Address = Extract<ServiceAddress, { kind: 'address' }>;

export async function serve({ rip, port }: Endpoint): Promise<void> {
  await startServer(rip, undefined, port);
}

export async function serveDatagrams({ rip, port }: Endpoint): Promise<void> {
  await startDatagramServer(rip, port);
}

const clients: TestClient[] = [];
const datagramClients: DatagramClient[] = [];

function at<T>(all: readonly T[], number: number): T {
  const one = all[number];
  if (one === undefined) throw new Error(`there is no client ${number}`);
  return one;
}

export async function connect(service: Address): Promise<{ number: number; servedBy: EndpointKey }> {
  const client = new TestClient(service);
  try {
    return { number: clients.push(client) - 1, servedBy: await client.servedBy() };
  } catch (error) {
    client.socket.destroy();
    throw error;
  }
}

export function exchange(number: number): Promise<void> {
  return at(clients, number).exchange();
}

export function close(number: number): Promise<void> {
  return at(clients, number).close();
}

export function openDatagrams(service: Address): number {
  return datagramClients.push(new DatagramClient(service)) - 1;
}

export async function ask(number: number): Promise<EndpointKey> {
  return String(await at(datagramClients, number).ask('who'));
}

export function tell(number: number): Promise<void> {
  return at(datagramClients, number).send('who');
}

export function closeDatagrams(number: number): void {
  at(datagramClients, number).close();
}
