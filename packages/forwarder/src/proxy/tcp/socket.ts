// Sockets as the proxy uses them: how one is reset, and how bytes move from one to another.
import type { Socket } from 'node:net';

/** All written bytes are with the kernel and the FIN is about to be. */
function finIsOnItsWay(socket: Socket): boolean {
  return socket.writableEnded && socket.writableLength === 0 && !socket.writableFinished;
}

/**
 * Ends a socket at once, with RST where it can. While a FIN is on its way libuv refuses a reset (uv_tcp_close_reset: EINVAL), and Node 20 then
 * leaks the descriptor without a `close`; there the FIN, which follows the last byte, has to do.
 */
export function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.connecting || finIsOnItsWay(socket)) socket.destroy();
  else socket.resetAndDestroy();
}

/** Closed after both halves ended in order, everything delivered. */
export function closedInOrder(socket: Socket): boolean {
  return socket.readableEnded && socket.writableFinished && socket.errored === null;
}

export interface FlowEvents {
  moved(bytes: number): void;
  /** The receiver took what it was behind with. */
  drained(): void;
  ended(): void;
}

/** Moves what `from` sends to `to`, no faster than `to` takes it; the end of `from` becomes the end of `to`. */
export function flow(from: Socket, to: Socket, events: FlowEvents): void {
  from.on('data', (chunk: Buffer) => {
    events.moved(chunk.length);
    if (!to.write(chunk)) from.pause();
  });
  to.on('drain', () => {
    events.drained();
    from.resume();
  });
  from.on('end', () => {
    to.end();
    events.ended();
  });
}
