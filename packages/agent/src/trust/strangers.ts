// Connections that have not shown the key of the bound panel: a bounded number, and past it the oldest makes room. However patiently they
// are held open, the panel gets in.
import type { Socket } from 'node:net';

type Peer = Pick<Socket, 'remoteAddress' | 'remotePort'>;

/** A TLS socket and the one below it have the same peer. */
function nameOf({ remoteAddress, remotePort }: Peer): string {
  return `${remoteAddress} ${remotePort}`;
}

export class Strangers {
  readonly #most: number;
  /** In the order in which they came. */
  readonly #sockets = new Map<string, Socket>();

  constructor(most: number) {
    this.#most = most;
  }

  add(socket: Socket): void {
    const name = nameOf(socket);
    this.#sockets.set(name, socket);
    socket.once('close', () => {
      if (this.#sockets.get(name) === socket) this.#sockets.delete(name);
    });
    const [oldest] = this.#sockets.values();
    if (this.#sockets.size > this.#most) oldest?.destroy();
  }

  /** It is the panel's. */
  remove(peer: Peer): void {
    this.#sockets.delete(nameOf(peer));
  }
}
