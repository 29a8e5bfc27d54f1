// The front of a TCP service: its listening socket and the connections through it.
import type { Connection } from '@weir/model';
import type { Server, Socket } from 'node:net';
import { ipAddressOf } from '../front.ts';
import type { Front, Rules } from '../front.ts';
import { ProxiedConnection } from './connection.ts';
import type { SourcePorts } from './dial.ts';
import { listen } from './listener.ts';
import { reset } from './socket.ts';

export class TcpFront implements Front {
  readonly #rules: Rules;
  readonly #ports: SourcePorts;
  readonly #connections = new Set<ProxiedConnection>();
  #listener: Server | null = null;

  constructor(rules: Rules, ports: SourcePorts) {
    this.#rules = rules;
    this.#ports = ports;
  }

  async open(): Promise<void> {
    this.#listener = await listen(this.#rules.address, this.#rules.tuning, (client) => this.#accept(client));
  }

  get size(): number {
    return this.#connections.size;
  }

  entries(): Connection[] {
    return [...this.#connections].map((one) => one.entry()).filter((entry) => entry !== null);
  }

  close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    return new Promise((resolve) => {
      if (listener === null) resolve();
      else listener.close(() => resolve());
      for (const connection of this.#connections) connection.reset();
    });
  }

  #accept(client: Socket): void {
    const { gate, address: { vip } } = this.#rules;
    const cip = ipAddressOf(client.remoteAddress);
    // Without an address the client has reset the connection before it was accepted.
    const leave = cip === null ? null : gate.enter(cip, this.size);
    if (cip === null || client.remotePort === undefined || leave === null) {
      leave?.();
      reset(client.on('error', () => {}));
      return;
    }
    const connection = new ProxiedConnection({
      rules: this.#rules, ports: this.#ports, arrival: { cip, clientPort: client.remotePort, vip },
      ended: () => {
        this.#connections.delete(connection);
        leave();
      },
    }, client);
    this.#connections.add(connection);
    connection.connect();
  }
}
