// Real servers and clients on loopback, for the tests of the proxy.
import { endpointKey, formatEndpoint } from '@weir/model';
import type { Endpoint, EndpointKey, Operation, OperationResult, RealServerSettings, ServiceAddress, ServiceSettings } from '@weir/model';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Forwarder } from '../../forwarder.ts';
import type { ProxyTuning } from '../tuning.ts';
import { ProxyForwarder } from '../proxy.ts';
import { DatagramClient, startDatagramServer } from './datagrams.ts';
import type { DatagramServer } from './datagrams.ts';
import { until } from './until.ts';

export { until } from './until.ts';

export type Address = Extract<ServiceAddress, { kind: 'address' }>;

async function listening(host: string, onConnection: (socket: Socket) => void, port = 0): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, onConnection);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 4_096, exclusive: true }, resolve);
  });
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
}

/** A port of an address that nobody listens on now. */
export async function freePort(host: string): Promise<number> {
  const server = await listening(host, () => {});
  const port = portOf(server);
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

export interface TestServer {
  readonly endpoint: Endpoint;
  readonly key: EndpointKey;
  /** Every connection it ever accepted, in order. */
  readonly accepted: Socket[];
  stop(): Promise<void>;
}

/** Says its own name first, then sends back what comes. */
export function echo(socket: Socket): void {
  socket.write(`${formatEndpoint(socket.localAddress ?? '', socket.localPort ?? 0)}\n`);
  socket.pipe(socket);
}

/** Port 0 is any free one. */
export async function startServer(rip: string, serve: (socket: Socket) => void = echo, port = 0): Promise<TestServer> {
  const accepted: Socket[] = [];
  const server = await listening(rip, (socket) => {
    accepted.push(socket);
    socket.on('error', () => {});
    serve(socket);
  }, port);
  const endpoint = { rip, port: portOf(server) };
  return {
    endpoint, accepted, key: endpointKey(endpoint),
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of accepted) socket.destroy();
    }),
  };
}

export interface ClientOptions {
  /** Reads nothing by itself. */
  readonly quiet?: boolean;
  /** The client's own address; without it the host chooses. */
  readonly from?: string;
}

/** What became of a client's connection: ended in order, or the code it broke with. */
export type Ending = 'ended' | 'ECONNRESET' | (string & {});

export class TestClient {
  readonly socket: Socket;
  text = '';
  ending: Ending | null = null;

  constructor({ vip, port }: Address, { quiet = false, from }: ClientOptions = {}) {
    this.socket = connect({ host: vip, port, allowHalfOpen: true, ...(from === undefined ? {} : { localAddress: from }) });
    if (!quiet) this.socket.on('data', (chunk: Buffer) => { this.text += chunk.toString('latin1'); });
    this.socket.on('end', () => { this.ending ??= 'ended'; });
    this.socket.on('error', (error) => { this.ending = 'code' in error ? String(error.code) : error.message; });
    this.socket.on('close', () => { this.ending ??= 'closed'; });
  }

  /** The name that `echo` says first. */
  async servedBy(): Promise<EndpointKey> {
    await this.#hears('a real server names itself', (text) => text.includes('\n'));
    return this.text.slice(0, this.text.indexOf('\n'));
  }

  async exchange(): Promise<void> {
    const before = this.text.length;
    this.socket.write('ping');
    await this.#hears('the answer to a ping', (text) => text.slice(before) === 'ping');
  }

  async over(): Promise<Ending> {
    await until('the connection is over', () => this.ending !== null);
    return this.ending ?? '';
  }

  async close(): Promise<void> {
    this.socket.end();
    await until('the client\'s socket is closed', () => this.socket.closed);
  }

  #hears(what: string, heard: (text: string) => boolean): Promise<void> {
    return until(what, () => {
      if (heard(this.text)) return true;
      if (this.ending !== null) throw new Error(`the connection is over: ${this.ending}`);
      return false;
    });
  }
}

/** A proxy with one service, real servers that can be added to it, and all that must be closed afterwards. */
export class ProxyLab {
  readonly proxy: ProxyForwarder;
  readonly service: Address;
  readonly #servers: TestServer[] = [];
  readonly #clients: TestClient[] = [];
  readonly #datagramServers: DatagramServer[] = [];
  readonly #datagramClients: DatagramClient[] = [];

  private constructor(service: Address, tuning: Partial<ProxyTuning>) {
    this.proxy = new ProxyForwarder(tuning);
    this.service = service;
  }

  static async open(
    vip: string, tuning: Partial<ProxyTuning> = {}, settings: Partial<ServiceSettings> = {}, protocol: Address['protocol'] = 'tcp',
  ): Promise<ProxyLab> {
    const lab = new ProxyLab({ kind: 'address', protocol, vip, port: await freePort(vip) }, tuning);
    await lab.apply({ kind: 'addService', service: lab.service, settings: { ...plainService, ...settings } });
    return lab;
  }

  async apply(...operations: Operation[]): Promise<void> {
    for (const result of await applyTo(this.proxy, ...operations)) {
      if (result.status === 'failed') throw new Error(`refused: ${result.fault.message}`);
    }
  }

  async serve(rip: string, serve?: (socket: Socket) => void): Promise<TestServer> {
    const server = await startServer(rip, serve);
    this.#servers.push(server);
    return server;
  }

  async serveDatagrams(rip: string): Promise<DatagramServer> {
    const server = await startDatagramServer(rip);
    this.#datagramServers.push(server);
    return server;
  }

  datagramClient(from?: string): DatagramClient {
    const client = new DatagramClient(this.service, from);
    this.#datagramClients.push(client);
    return client;
  }

  async add(endpoint: Endpoint, settings: Partial<RealServerSettings> = {}): Promise<void> {
    await this.apply({ kind: 'addRealServer', service: this.service, realServer: { endpoint, settings: { ...plainRealServer, ...settings } } });
  }

  async setService(settings: Partial<ServiceSettings>): Promise<void> {
    await this.apply({ kind: 'setService', service: this.service, before: plainService, after: { ...plainService, ...settings } });
  }

  async set(endpoint: Endpoint, settings: Partial<RealServerSettings>): Promise<void> {
    await this.apply({
      kind: 'setRealServer', service: this.service, endpoint, before: plainRealServer, after: { ...plainRealServer, ...settings },
    });
  }

  async remove(endpoint: Endpoint): Promise<void> {
    await this.apply({ kind: 'removeRealServer', service: this.service, removed: { endpoint, settings: plainRealServer } });
  }

  client(options?: ClientOptions): TestClient {
    const client = new TestClient(this.service, options);
    this.#clients.push(client);
    return client;
  }

  /** What a real server has now, as `read` and `sample` agree to say. */
  async look(endpoint: Endpoint) {
    const [service] = (await this.proxy.sample()).services;
    const sampled = service?.realServers.find(({ key }) => key === endpointKey(endpoint));
    if (service === undefined || sampled === undefined) throw new Error(`no sample of ${endpointKey(endpoint)}`);
    return { ...sampled, service };
  }

  async close(): Promise<void> {
    await this.proxy.close();
    for (const client of this.#clients) client.socket.destroy();
    for (const client of this.#datagramClients) client.close();
    await Promise.all([...this.#servers, ...this.#datagramServers].map((server) => server.stop()));
  }
}

export const plainService: ServiceSettings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false };

export const plainRealServer: RealServerSettings = {
  method: { kind: 'proxied', source: null }, weight: 1, thresholds: { upper: 0, lower: 0 },
};

export function applyTo(forwarder: Forwarder, ...operations: Operation[]): Promise<readonly OperationResult[]> {
  return forwarder.apply(operations, { onFailure: 'goOn' });
}
