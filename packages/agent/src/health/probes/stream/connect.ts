// A TCP connection to a real server, for the time of one try.
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Attempt } from '../attempt/attempt.ts';
import { failureOf } from '../attempt/failure-of.ts';
import type { ProbeTarget } from '../probes.ts';

/** With a reset, so that neither side keeps a finished connection for a minute; where its end is on the way already, without. */
export function abandon(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** `ready` gets it once it is open. What goes wrong with it fails the try, and so does its end where nobody took care of that. */
export function connected(attempt: Attempt, { rip, port, source }: ProbeTarget, ready: (socket: Socket) => void): Socket {
  // Half-open: what was sent before the end is looked at, and then it is abandoned.
  const socket = connect({ host: rip, port, allowHalfOpen: true, autoSelectFamily: false, ...(source !== null && { localAddress: source }) });
  attempt.atEnd(() => abandon(socket));
  attempt.late = () => (socket.connecting ? { failure: 'timeout' } : { failure: socket.bytesRead > 0 ? 'dripping' : 'nothingReceived' });
  socket.on('error', (error) => attempt.fail(failureOf(error)));
  socket.on('close', () => attempt.fail({ failure: 'closed' }));
  socket.once('connect', attempt.guard(() => ready(socket)));
  return socket;
}
