// A UDP socket that hears one real server only, and what the network says of it.
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Attempt } from '../attempt/attempt.ts';
import { failureOf } from '../attempt/failure-of.ts';
import type { ProbeTarget } from '../probes.ts';

export interface Hearing {
  readonly ready: (socket: Socket) => void;
  readonly received: (datagram: Buffer) => void;
}

/** An ICMP error in answer to what was sent fails the try: the socket is connected. */
export function datagrams(attempt: Attempt, { rip, port, source }: ProbeTarget, { ready, received }: Hearing): void {
  const family = isIPv6(rip) ? 6 : 4;
  const socket = createSocket({
    type: `udp${family}`,
    // What is asked is an address; without it each would take a turn in a thread.
    lookup: (address, _options, found) => found(null, address, family),
  });
  attempt.atEnd(() => {
    socket.removeAllListeners();
    // What is on its way says its error after the end.
    socket.on('error', () => undefined);
    socket.close();
  });
  socket.on('error', (error) => attempt.fail(failureOf(error)));
  socket.on('message', attempt.guard(received));
  socket.bind({ port: 0, exclusive: true, ...(source !== null && { address: source }) }, attempt.guard(() => {
    socket.connect(port, rip, attempt.guard(() => ready(socket)));
  }));
}
