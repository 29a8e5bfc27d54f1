// One host's connection: starts processes for it, passes their words on, and leaves nothing behind when it goes.
import type { Socket } from 'node:net';
import type { GuestEvent } from '../wire/events.ts';
import { encodeFrame, FrameReader, type HostOrder } from '../wire/wire.ts';
import { Child } from './child.ts';
import { removeNamespaces } from './namespaces.ts';

export function serve(socket: Socket, secret: string, number: number): void {
  new Session(socket, secret, number).listen();
}

class Session {
  readonly #socket: Socket;
  readonly #secret: string;
  readonly #number: number;
  readonly #reader = new FrameReader();
  readonly #children = new Map<number, Child>();
  #trusted = false;

  constructor(socket: Socket, secret: string, number: number) {
    this.#socket = socket;
    this.#secret = secret;
    this.#number = number;
  }

  listen(): void {
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('drain', () => this.#resume());
    this.#socket.once('close', () => this.#end());
  }

  #receive(chunk: Buffer): void {
    try {
      // The host is the maker of this program, and the secret shows that it is the host.
      for (const value of this.#reader.push(chunk)) this.#obey(value as HostOrder);
    } catch (error) {
      console.error(error);
      this.#socket.destroy();
    }
  }

  #obey(order: HostOrder): void {
    if (!this.#trusted) {
      if (order.kind !== 'hello' || order.secret !== this.#secret) throw new Error('a connection without the secret');
      this.#trusted = true;
      this.#tell({ kind: 'welcome', session: this.#number });
      return;
    }
    if (order.kind === 'ping') this.#tell({ kind: 'pong' });
    else if (order.kind === 'spawn') this.#spawn(order);
    else if (order.kind === 'remove') this.#remove(order.id, order.prefix);
    else if (order.kind === 'input') this.#children.get(order.id)?.write(order.data);
    else if (order.kind === 'signal') this.#children.get(order.id)?.signal(order.signal);
    else if (order.kind === 'message') this.#children.get(order.id)?.send(order.value);
  }

  #spawn(order: HostOrder & { kind: 'spawn' }): void {
    const child = new Child(order, (event) => {
      if (event.kind === 'exit') this.#children.delete(order.id);
      return this.#tell(event);
    });
    this.#children.set(order.id, child);
  }

  #remove(id: number, prefix: string): void {
    removeNamespaces(prefix, (code) => this.#tell({ kind: 'exit', id, code, signal: null, failure: null }));
  }

  /** False: the connection is full, and whoever talks much should wait for it to drain. */
  #tell(event: GuestEvent): boolean {
    return this.#socket.writable ? this.#socket.write(encodeFrame(event)) : true;
  }

  #resume(): void {
    for (const child of this.#children.values()) child.resume();
  }

  #end(): void {
    for (const child of this.#children.values()) child.signal('SIGKILL');
    removeNamespaces(`s${this.#number}.`, () => undefined);
  }
}
