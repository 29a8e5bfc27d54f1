// UDP real servers and clients on loopback, for the tests of the proxy.
import { endpointKey } from '@weir/model';
import type { Endpoint, EndpointKey, ServiceAddress } from '@weir/model';
import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { until } from './until.ts';

export interface DatagramServer {
  readonly endpoint: Endpoint;
  readonly key: EndpointKey;
  /** Where every datagram came from, in order. */
  readonly heard: RemoteInfo[];
  readonly socket: Socket;
  stop(): Promise<void>;
}

function socketFor(address: string): Socket {
  return createSocket(address.includes(':') ? 'udp6' : 'udp4');
}

function bound(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port, exclusive: true }, () => resolve());
  });
}

/** Sends back what comes; to `who` it answers its name. Port 0 is any free one. */
export async function startDatagramServer(rip: string, port = 0): Promise<DatagramServer> {
  const socket = socketFor(rip);
  await bound(socket, rip, port);
  const endpoint = { rip, port: socket.address().port };
  const key = endpointKey(endpoint);
  const heard: RemoteInfo[] = [];
  socket.on('error', () => {});
  socket.on('message', (datagram, from) => {
    heard.push(from);
    socket.send(datagram.equals(Buffer.from('who')) ? Buffer.from(key) : datagram, from.port, from.address);
  });
  let stopped: Promise<void> | null = null;
  return {
    endpoint, key, heard, socket,
    stop: () => {
      stopped ??= new Promise((resolve) => { socket.close(() => resolve()); });
      return stopped;
    },
  };
}

/** Connected to the service, so that it hears nobody else. */
export class DatagramClient {
  readonly socket: Socket;
  readonly heard: Buffer[] = [];
  readonly #connected: Promise<void>;

  constructor(service: Extract<ServiceAddress, { kind: 'address' }>, from?: string) {
    this.socket = socketFor(service.vip);
    this.socket.on('message', (datagram) => { this.heard.push(datagram); });
    this.socket.on('error', () => {});
    this.#connected = new Promise((resolve) => {
      this.socket.bind({ ...(from === undefined ? {} : { address: from }), port: 0 }, () => this.socket.connect(service.port, service.vip, resolve));
    });
  }

  async send(datagram: Buffer | string): Promise<void> {
    await this.#connected;
    await new Promise<void>((resolve, reject) => {
      this.socket.send(datagram, (error) => (error === null ? resolve() : reject(error)));
    });
  }

  /** What comes back next. */
  async ask(datagram: Buffer | string): Promise<Buffer> {
    const before = this.heard.length;
    await this.send(datagram);
    await until('the answer to a datagram', () => this.heard.length > before);
    return this.heard[before] ?? Buffer.alloc(0);
  }

  /** Asks until somebody answers, as clients of UDP must. */
  async servedBy(): Promise<EndpointKey> {
    const before = this.heard.length;
    let askedAtMs = -Infinity;
    await until('a real server names itself', async () => {
      if (performance.now() - askedAtMs > 100) {
        askedAtMs = performance.now();
        await this.send('who');
      }
      return this.heard.length > before;
    });
    return String(this.heard[before]);
  }

  close(): void {
    this.socket.close();
  }
}
